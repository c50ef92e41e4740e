package report

import (
	"bytes"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"callscam/corpus"
	"callscam/features"

	"github.com/sjwhitworth/golearn/base"
)

// sampleGrid has a row whose figures need all their digits, and the vectors it
// was made of.
func sampleGrid(t *testing.T) (*Grid, *features.Vectorizer, []features.Vector) {
	t.Helper()
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	v := features.NewVectorizer(cat, []string{"a term that is left out"})
	last := int32(v.Dense() - 1)
	rows := []features.Vector{
		{Index: []int32{0, 3, last}, Value: []float64{1, 1.0 / 3, 1e-7}},
		{Index: []int32{1, last + 1}, Value: []float64{math.Sqrt(0.5), 0.25}},
		{},
	}
	g := NewGrid(v)
	for i, label := range []corpus.Label{corpus.Scam, corpus.Legit, corpus.Unlabelled} {
		g.Add(rows[i], label)
	}
	return g, v, rows
}

// value returns a vector's figure in a column.
func value(row features.Vector, column int) float64 {
	for i, c := range row.Index {
		if int(c) == column {
			return row.Value[i]
		}
	}
	return 0
}

// golearn reads what it wrote, and every figure is the one it was.
func TestARFF(t *testing.T) {
	g, v, rows := sampleGrid(t)
	var out bytes.Buffer
	if err := g.WriteARFF(&out); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.arff")
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := base.ParseDenseARFFToInstances(path)
	if err != nil {
		t.Fatal(err)
	}
	attrs := base.ParseARFFGetAttributes(path)
	if columns, n := got.Size(); columns != v.Dense()+1 || len(attrs) != columns || n != len(rows) {
		t.Fatalf("%d columns, %d rows, want %d and %d", columns, n, v.Dense()+1, len(rows))
	}
	for i, a := range got.AllAttributes() {
		spec, err := got.GetAttribute(a)
		if err != nil {
			t.Fatal(err)
		}
		if i == v.Dense() {
			for r, want := range []string{"scam", "legit", "unlabelled"} {
				if label := a.GetStringFromSysVal(got.Get(spec, r)); label != want {
					t.Errorf("row %d: label %q, want %q", r, label, want)
				}
			}
			continue
		}
		if want := identifier(v.Features()[i].Name); a.GetName() != want {
			t.Errorf("column %d: name %q, want %q", i, a.GetName(), want)
		}
		for r := range rows {
			if x := base.UnpackBytesToFloat(got.Get(spec, r)); x != value(rows[r], i) {
				t.Errorf("row %d, %s: %v, want %v", r, a.GetName(), x, value(rows[r], i))
			}
		}
	}
}

func TestGridCSV(t *testing.T) {
	g, v, rows := sampleGrid(t)
	var out, again bytes.Buffer
	if err := g.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	if err := g.WriteCSV(&again); err != nil || again.String() != out.String() {
		t.Errorf("a second writing differs, error %v", err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(lines) != len(rows)+1 {
		t.Fatalf("%d lines, error %v", len(lines), err)
	}
	for i, f := range v.Features()[:v.Dense()] {
		if lines[0][i] != f.Name {
			t.Errorf("column %d is %q, want %q", i, lines[0][i], f.Name)
		}
		for r := range rows {
			if x, err := strconv.ParseFloat(lines[r+1][i], 64); err != nil || x != value(rows[r], i) {
				t.Errorf("row %d, %s: %q, want %v", r, f.Name, lines[r+1][i], value(rows[r], i))
			}
		}
	}
	if got := lines[0][v.Dense()] + lines[1][v.Dense()] + lines[3][v.Dense()]; got != "labelscamunlabelled" {
		t.Errorf("labels %q", got)
	}
}

// No two features may have the same name as an identifier.
func TestIdentifiers(t *testing.T) {
	_, v, _ := sampleGrid(t)
	seen := map[string]string{}
	for _, f := range v.Features()[:v.Dense()] {
		id := identifier(f.Name)
		if other := seen[id]; other != "" || id == "" || strings.ContainsAny(id, " ,'{}%") {
			t.Errorf("%q becomes %q, like %q", f.Name, id, other)
		}
		seen[id] = f.Name
	}
}

func BenchmarkGrid(b *testing.B) {
	cat, err := features.Default()
	if err != nil {
		b.Fatal(err)
	}
	v := features.NewVectorizer(cat, nil)
	for b.Loop() {
		g := NewGrid(v)
		for range 1000 {
			g.Add(features.Vector{Index: []int32{1, 5}, Value: []float64{0.5, 1}}, corpus.Scam)
		}
		if err := g.WriteARFF(&bytes.Buffer{}); err != nil {
			b.Fatal(err)
		}
	}
}
