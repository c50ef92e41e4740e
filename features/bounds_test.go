package features

import (
	"math/rand"
	"sync"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

// Caches that are full all the time change nothing but the speed, also when
// several workers share them.
func TestFullCaches(t *testing.T) {
	c := defaultCatalog(t)
	p := c.prog
	small := &Catalog{Tactics: c.Tactics, Digest: c.Digest, owner: c.owner, prog: &program{alphabet: p.alphabet, sets: p.sets, code: p.code, codeAt: p.codeAt, states: p.states,
		begins: p.begins, fragments: p.fragments, steps: p.steps, groups: p.groups, grouped: p.grouped, marks: p.marks}}
	small.prog.auto.init(small.prog)
	small.prog.auto.cache.Store(newStateCache(20))
	rng := rand.New(rand.NewSource(9))
	var calls []*corpus.Transcript
	for range 100 {
		calls = append(calls, randomCall(rng, "A", "B"))
	}
	terms := []string{"the", "screen", "share your", "共享", "屏"}
	weights := make([]float64, len(NewVectorizer(c, terms).Features()))
	for i := range weights {
		weights[i] = rng.NormFloat64()
	}
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() {
			a, b := NewAnalyzer(c), NewAnalyzer(small)
			v, w := NewVectorizer(c, terms).NewWeigher(weights, 1), NewVectorizer(small, terms).NewWeigher(weights, 1)
			for _, call := range calls {
				fresh := newLexicon(small.prog.auto.symbolOf)
				fresh.most = 30
				small.lex.Store(fresh)
				want, got := a.Read(call), b.Read(call)
				if diff := cmp.Diff(want.Evidence, got.Evidence); diff != "" {
					t.Error(diff)
					return
				}
				row, margins := v.Weigh(want)
				other, others := w.Weigh(got)
				if diff := cmp.Diff(row, other); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(margins, others); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	workers.Wait()
}

// Weigh gives the row that Vector gives.
func TestWeighEqualsVector(t *testing.T) {
	c := defaultCatalog(t)
	v := NewVectorizer(c, []string{"the", "screen", "share your", "共享", "屏", "code is", "享 屏"})
	w := v.NewWeigher(make([]float64, len(v.Features())), 0)
	a := NewAnalyzer(c)
	rng := rand.New(rand.NewSource(8))
	for range 200 {
		d := a.Read(randomCall(rng, "A", "B", "caller"))
		row, _ := w.Weigh(d)
		if diff := cmp.Diff(v.Vector(d), row); diff != "" {
			t.Fatal(diff)
		}
	}
}
