package features

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"callscam/corpus"
)

// FuzzCatalog lets the fuzzer write a rule file and a file of word classes:
// they are refused in one line that names the file, or they compile to what
// reads a text, within the bounds of a catalog.
func FuzzCatalog(f *testing.F) {
	for _, name := range []string{"T10_screen_share.tactic", "C01_negation.tactic", "P05_owner_initiated.tactic"} {
		data, err := embedded.ReadFile("tactics/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), "you: you | your | ya\n")
	}
	const head = "id: T1\nname: x\nmeaning: m\nwhy: w\nstage: hook\nstrength: 2\n"
	f.Add(head+"en:\n  share <a> ..3 screen\nmatch en:\n  share my big screen\n", "b: x | y z\na: <b> <b> | my ..2 big?\n")
	f.Add(head+"zh:\n  屏幕共享?\nnomatch zh:\n  没有\n", "a: <a>\n")
	f.Add("kind: cue\neffect: negates\nreach: 99\n"+head+"en:\n  (((((((a b)))))))\n", strings.Repeat("a: b\n c\n", 2))
	f.Fuzz(func(t *testing.T, tactic, classes string) {
		c, err := LoadCatalog(fstest.MapFS{"x.tactic": {Data: []byte(tactic)}, classesFile: {Data: []byte(classes)}})
		if err != nil {
			if text := err.Error(); strings.Contains(text, "\n") || text == "" {
				t.Errorf("no sentence: %q", text)
			}
			return
		}
		c.Check()
		text := strings.ToValidUTF8(classes, "")
		for _, e := range NewAnalyzer(c).ReadText(text).Evidence {
			if e.Start < 0 || e.End <= e.Start || e.End > len(text) || !utf8.ValidString(text[e.Start:e.End]) {
				t.Fatalf("evidence %+v of %q", e, text)
			}
		}
	})
}

// Classes that use the class above twice double in size with each: that is
// refused before it is built.
func TestClassesThatDouble(t *testing.T) {
	for _, tt := range []struct{ twice, want string }{
		{"<c%d> | <c%d> x", "classes.txt:15: class <c14>: with the classes in it, it has more than 16384 words"},
		{"<c%d> <c%d>?", "classes.txt:16: class <c15>: with the classes in it, it has more than 16384 words"},
		{"<c%d> ..12 <c%d>", "classes.txt:16: class <c15>: with the classes in it, it has more than 16384 words"},
	} {
		var b strings.Builder
		b.WriteString("c0: x\n")
		for i := range 60 {
			b.WriteString(fmt.Sprintf("c%d: "+tt.twice+"\n", i+1, i, i))
		}
		_, err := LoadCatalog(fstest.MapFS{"x.tactic": {Data: []byte("id: T1\nname: x\nmeaning: m\nwhy: w\nen:\n  <c60>\nmatch en:\n  x\n")}, classesFile: {Data: []byte(b.String())}})
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", tt.twice, err, tt.want)
		}
	}
}

// FuzzVectorizer: whatever is said and whatever the terms are, a row's columns
// ascend and its figures are finite, and the running margin ends with what the
// whole row gives.
func FuzzVectorizer(f *testing.F) {
	for i, l := range lines {
		f.Add(l, lines[(i+1)%len(lines)], "the\nscreen\n屏幕\nyour screen", uint64(i))
	}
	c := defaultCatalog(f)
	a := NewAnalyzer(c)
	f.Fuzz(func(t *testing.T, one, two, terms string, seed uint64) {
		list := strings.Split(terms, "\n")
		slices.Sort(list)
		v := NewVectorizer(c, slices.Compact(list))
		call := &corpus.Transcript{Turns: []corpus.Turn{{Speaker: one, Role: corpus.Role(seed % 5), Text: one}, {Speaker: two, Text: two}, {Speaker: one, Role: corpus.Role(seed / 5 % 5), Text: two + one}}}
		d := a.Read(call)
		row := v.Vector(d)
		weights := make([]float64, len(v.Features()))
		for i := range weights {
			seed = seed*6364136223846793005 + 1442695040888963407
			weights[i] = float64(int64(seed)>>40) / (1 << 24)
		}
		margin := 0.5
		for i, x := range row.Value {
			if i > 0 && row.Index[i] <= row.Index[i-1] || int(row.Index[i]) >= len(weights) {
				t.Fatalf("columns %v", row.Index)
			}
			if !(x >= 0 && x <= 1) {
				t.Fatalf("%s is %v", v.Features()[row.Index[i]].Name, x)
			}
			margin += weights[row.Index[i]] * x
		}
		weighed, running := v.NewWeigher(weights, 0.5).Weigh(d)
		if !slices.Equal(weighed.Index, row.Index) || !slices.Equal(weighed.Value, row.Value) {
			t.Fatalf("weighed as %v, want %v", weighed, row)
		}
		if n := len(running); n != len(call.Turns) || math.Abs(running[n-1]-margin) > 1e-9 {
			t.Fatalf("running margins %v, the row gives %v", running, margin)
		}
	})
}
