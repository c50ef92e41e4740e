package train

import (
	"runtime"
	"slices"
	"sync"

	"callscam/classify"
	"callscam/corpus"
	"callscam/features"
)

// trainingSet is the labelled calls as they were seen, each in its variants.
type trainingSet struct {
	examples []corpus.Example
	labels   []bool // scam
	seen     [][]seen
	cat      *features.Catalog
	vocab    *features.Vocabulary
}

// seen is one variant of a call. The first variant of each call is the call
// itself; the variants' shares sum to 1.
type seen struct {
	sighting features.Sighting
	share    float64
}

// see reads all calls. Which worker meets a term first decides its number, and
// nothing else depends on that. Terms are left out
// unless asked for: there are a hundred times more of them than of all else.
func see(examples []corpus.Example, cat *features.Catalog, cfg classify.Config, terms bool, progress Progress) *trainingSet {
	s := &trainingSet{examples: examples, cat: cat, vocab: features.NewVocabulary(),
		labels: make([]bool, len(examples)), seen: make([][]seen, len(examples))}
	v := features.NewVectorizer(cat, nil)
	next := make(chan int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	done := 0
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			a := features.NewAnalyzer(cat)
			for i := range next {
				s.labels[i] = examples[i].Label == corpus.Scam
				for _, variant := range variants(&examples[i], cfg.Seed) {
					d := a.Read(&variant.call)
					s.seen[i] = append(s.seen[i], seen{s.see(v, d, terms, &mu), variant.share})
				}
				mu.Lock()
				done++
				progress("read", done, len(examples))
				mu.Unlock()
			}
		})
	}
	for i := range examples {
		next <- i
	}
	close(next)
	wg.Wait()
	return s
}

// see takes a document's sighting. Terms are numbered by one worker at a time.
func (s *trainingSet) see(v *features.Vectorizer, d *features.Document, terms bool, mu *sync.Mutex) features.Sighting {
	if !terms {
		return v.See(nil, d)
	}
	mu.Lock()
	defer mu.Unlock()
	return v.See(s.vocab, d)
}

func (s *trainingSet) all() []int {
	in := make([]int, len(s.examples))
	for i := range in {
		in[i] = i
	}
	return in
}

// terms returns the terms that enough groups of the given calls share, at most
// most of them.
func (s *trainingSet) terms(in []int, most int) []string {
	groups := make([]map[string]bool, len(s.vocab.Names()))
	for _, i := range in {
		key := s.examples[i].GroupKey()
		for _, id := range s.seen[i][0].sighting.Terms {
			if groups[id] == nil {
				groups[id] = map[string]bool{}
			}
			groups[id][key] = true
		}
	}
	names := s.vocab.Names()
	var ids []int
	for id, g := range groups {
		if len(g) >= minGroups {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b int) int {
		if na, nb := len(groups[a]), len(groups[b]); na != nb {
			return nb - na
		}
		if names[a] < names[b] {
			return -1
		}
		return 1
	})
	ids = ids[:min(most, len(ids))]
	terms := make([]string, len(ids))
	for i, id := range ids {
		terms[i] = names[id]
	}
	slices.Sort(terms)
	return terms
}
