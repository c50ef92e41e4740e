// Package arith has the exponential and the logarithm with the same bits on
// every processor, which math does not promise: there they are written in
// assembler on some, with fused multiplication and addition on others. It
// knows nothing of calls.
//
// The other half of the promise lies with whoever multiplies and adds: Go may
// fuse x*y + z into one rounding, and float64(x*y) + z keeps it from doing so.
package arith

import "math"

// ln2High has so few digits that its product with an exponent is exact.
const (
	ln2High = float64(0x162e42fee00000p-53)
	ln2Low  = float64(math.Ln2 - 0x162e42fee00000p-53)
)

// Exp returns e to the x, less than two units in the last place off.
func Exp(x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x > 709.79:
		return math.Inf(1)
	case x < -745.14:
		return 0
	}
	k := math.Round(x * (1 / math.Ln2))
	high, low := x-float64(k*ln2High), float64(k*ln2Low)
	return math.Ldexp(1+(high+(exceed(high-low)-low)), int(k))
}

// Expm1 returns e to the x, less one, without loss where x is small.
func Expm1(x float64) float64 {
	if math.Abs(x) < 0.3 {
		return x + exceed(x)
	}
	return Exp(x) - 1
}

// exceed returns e to the r, less 1 + r, for |r| up to 0.35. It comes from
// r·coth(r/2) = 2·Σ B(2n)/(2n)!·r^2n with the Bernoulli numbers B, and
// e^r = 1 + 2r/(r·coth(r/2) - r).
func exceed(r float64) float64 {
	z := r * r
	c := 1.0/23950080 - float64(z*(691.0/653837184000))
	c = -1.0/604800 + float64(z*c)
	c = 1.0/15120 + float64(z*c)
	c = -1.0/360 + float64(z*c)
	c = 1.0/6 + float64(z*c)
	c = r - float64(z*c)
	return float64(r*c) / (2 - c)
}

// Log returns the natural logarithm of x, less than two units in the last
// place off.
func Log(x float64) float64 {
	switch {
	case math.IsNaN(x) || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case math.IsInf(x, 1):
		return x
	}
	fraction, exponent := math.Frexp(x)
	if fraction < math.Sqrt2/2 {
		fraction, exponent = 2*fraction, exponent-1
	}
	k := float64(exponent)
	return float64(k*ln2High) + (near(fraction-1) + float64(k*ln2Low))
}

// Log1p returns the natural logarithm of 1 + x, without loss where x is small.
func Log1p(x float64) float64 {
	if -0.29 < x && x < 0.41 {
		return near(x)
	}
	return Log(1 + x)
}

// near returns the logarithm of 1 + f for f from -0.3 to 0.42, as
// 2·artanh(s) with s = f/(2+f), of which f is the largest part.
func near(f float64) float64 {
	s := f / (2 + f)
	z := s * s
	// Two chains, of every other term, that a processor can work at together.
	w := z * z
	even := 1.0/19 + float64(w*(1.0/23))
	odd := 1.0/17 + float64(w*(1.0/21))
	even = 1.0/15 + float64(w*even)
	odd = 1.0/13 + float64(w*odd)
	even = 1.0/11 + float64(w*even)
	odd = 1.0/9 + float64(w*odd)
	even = 1.0/7 + float64(w*even)
	odd = 1.0/5 + float64(w*odd)
	even = 1.0/3 + float64(w*even)
	sum := float64(z*even) + float64(w*odd)
	// 2s = f - s·f: what is added to f is small and may be rounded.
	return f - float64(s*(f-2*sum))
}
