package arith

import (
	"math"
	"testing"
)

var functions = []struct {
	name      string
	ours      func(float64) float64
	theirs    func(float64) float64
	low, high float64
}{
	{"Exp", Exp, math.Exp, -740, 709},
	{"Exp", Exp, math.Exp, -2, 2},
	{"Expm1", Expm1, math.Expm1, -3, 3},
	{"Expm1", Expm1, math.Expm1, -1e-3, 1e-3},
	{"Log", Log, math.Log, 1e-300, 1e-3},
	{"Log", Log, math.Log, 0.5, 2},
	{"Log", Log, math.Log, 1, 1e9},
	{"Log1p", Log1p, math.Log1p, -0.9, 3},
	{"Log1p", Log1p, math.Log1p, -1e-9, 1e-9},
}

// TestClose compares with math, which is itself up to one unit off.
func TestClose(t *testing.T) {
	for _, f := range functions {
		worst, at := 0.0, 0.0
		for i := range 200_001 {
			x := f.low + (f.high-f.low)*float64(i)/200_000
			got, want := f.ours(x), f.theirs(x)
			unit := math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want)
			if off := math.Abs(got-want) / unit; off > worst {
				worst, at = off, x
			}
		}
		if worst > 3 {
			t.Errorf("%s(%v) is %v units off what math says", f.name, at, worst)
		}
		t.Logf("%s from %v to %v: at most %v units off", f.name, f.low, f.high, worst)
	}
}

// TestBits holds results to the last bit: they are to be the same everywhere.
func TestBits(t *testing.T) {
	sum := uint64(0)
	for _, f := range functions {
		for i := range 10_001 {
			x := f.low + float64((f.high-f.low)*float64(i)/10_000)
			sum = sum*31 + math.Float64bits(f.ours(x))
		}
	}
	if want := uint64(0x432619a937230b49); sum != want {
		t.Errorf("the results sum up to %#x, want %#x", sum, want)
	}
}

func BenchmarkExp(b *testing.B) {
	for b.Loop() {
		Exp(-1.7)
	}
}

func BenchmarkLog1p(b *testing.B) {
	for b.Loop() {
		Log1p(7.5)
	}
}

func TestEnds(t *testing.T) {
	inf := math.Inf(1)
	for _, f := range functions {
		for _, x := range []float64{0, math.Copysign(0, -1), 1, -1, -2, inf, -inf, math.NaN(), 710, -746, 1e-300, math.MaxFloat64} {
			got, want := f.ours(x), f.theirs(x)
			if got != want && !(math.IsNaN(got) && math.IsNaN(want)) && math.Abs(got/want-1) > 1e-15 {
				t.Errorf("%s(%v) = %v, want %v", f.name, x, got, want)
			}
		}
	}
}
