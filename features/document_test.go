package features

import (
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

var lines = []string{
	"hello who is this", "this is the fraud desk of your bank", "we will never ask you to share your screen",
	"now share your screen with me please", "share the screen and read me the code", "a man told me to share my screen",
	"请您点一下共享屏幕", "我们不会让您共享屏幕", "thanks bye", "ok", "", "press the button and share your screen right now before midnight",
}

func randomCall(rng *rand.Rand, names ...string) *corpus.Transcript {
	t := &corpus.Transcript{ID: fmt.Sprint(rng.Int())}
	for range 1 + rng.Intn(12) {
		name := names[rng.Intn(len(names))]
		t.Turns = append(t.Turns, corpus.Turn{Speaker: name, Role: corpus.RoleOf(name), Text: lines[rng.Intn(len(lines))]})
	}
	return t
}

func defaultCatalog(t testing.TB) *Catalog {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRuleFilesHold(t *testing.T) {
	failures, n := defaultCatalog(t).Check()
	for _, f := range failures {
		t.Error(f)
	}
	if n < 100 {
		t.Errorf("only %d lines", n)
	}
}

// A file called scam_017 or a speaker called Scammer is a label: nothing of
// the kind may reach a vector.
func TestNamesDoNotReachVectors(t *testing.T) {
	c := defaultCatalog(t)
	v := NewVectorizer(c, []string{"the", "screen", "屏幕"})
	a := NewAnalyzer(c)
	rng := rand.New(rand.NewSource(4))
	for range 200 {
		call := randomCall(rng, "A", "B")
		want := v.Vector(a.Read(call))
		renamed := *call
		renamed.ID, renamed.Path = "scam_017", "corpus/scam/x.txt"
		renamed.Turns = slices.Clone(call.Turns)
		for i := range renamed.Turns {
			renamed.Turns[i].Speaker = map[string]string{"A": "Zoe", "B": "Quentin"}[renamed.Turns[i].Speaker]
		}
		if diff := cmp.Diff(want, v.Vector(a.Read(&renamed))); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestRunningEqualsPrefixes(t *testing.T) {
	c := defaultCatalog(t)
	v := NewVectorizer(c, []string{"the", "screen", "share your", "共享", "屏"})
	a, b := NewAnalyzer(c), NewAnalyzer(c)
	rng := rand.New(rand.NewSource(5))
	weights := make([]float64, len(v.Features()))
	for i := range weights {
		weights[i] = rng.NormFloat64()
	}
	weigher := v.NewWeigher(weights, 0.5)
	for round := range 300 {
		names := []string{"A", "B"}
		if round%3 == 0 {
			names = []string{"caller", "callee"}
		}
		call := randomCall(rng, names...)
		_, got := weigher.Weigh(a.Read(call))
		for k := range call.Turns {
			prefix := *call
			prefix.Turns = call.Turns[:k+1]
			want := 0.5
			row := v.Vector(b.Read(&prefix))
			for i, col := range row.Index {
				want += weights[col] * row.Value[i]
			}
			if math.Abs(want-got[k]) > 1e-9 {
				t.Fatalf("after turn %d: %v, the prefix alone gives %v", k+1, got[k], want)
			}
		}
	}
}

func TestSightingsEqualVectors(t *testing.T) {
	c := defaultCatalog(t)
	v := NewVectorizer(c, []string{"the", "screen", "share your", "共享"})
	vo := NewVocabulary()
	a := NewAnalyzer(c)
	rng := rand.New(rand.NewSource(6))
	for range 100 {
		d := a.Read(randomCall(rng, "A", "B", "caller"))
		s := v.See(vo, d)
		if diff := cmp.Diff(v.Vector(d), v.Combine(s, v.Columns(vo))); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestTermsHoldNoDigits(t *testing.T) {
	c := defaultCatalog(t)
	vo := NewVocabulary()
	NewVectorizer(c, nil).See(vo, NewAnalyzer(c).ReadText("the code is 4471 and 5b ok 卡号6217"))
	for _, term := range vo.Names() {
		if hasDigit(term) {
			t.Errorf("term %q", term)
		}
	}
	if len(vo.Names()) < 5 {
		t.Errorf("terms %q", vo.Names())
	}
}

// The dictionary of the automaton is a cache: a matcher that starts anew finds
// the same.
func TestAnalyzerHasNoMemory(t *testing.T) {
	c := defaultCatalog(t)
	rng := rand.New(rand.NewSource(7))
	old := NewAnalyzer(c)
	for range 50 {
		call := randomCall(rng, "A", "B")
		if diff := cmp.Diff(NewAnalyzer(c).Read(call).Evidence, old.Read(call).Evidence); diff != "" {
			t.Fatal(diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, l := range lines {
		f.Add(l, "second turn", true)
	}
	c := defaultCatalog(f)
	v := NewVectorizer(c, []string{"the"})
	a := NewAnalyzer(c)
	f.Fuzz(func(t *testing.T, one, two string, roles bool) {
		call := &corpus.Transcript{Turns: []corpus.Turn{{Speaker: "A", Text: one}, {Speaker: "B", Text: two}}}
		if roles {
			call.Turns[0].Role = corpus.Caller
		}
		d := a.Read(call)
		for i := range d.Evidence {
			e := &d.Evidence[i]
			if e.Start < 0 || e.End <= e.Start || e.End > len(call.Turns[e.Turn].Text) {
				t.Fatalf("evidence %+v", e)
			}
		}
		for _, x := range v.Vector(d).Value {
			if math.IsNaN(x) || x < 0 || x > 1 {
				t.Fatalf("value %v", x)
			}
		}
	})
}
