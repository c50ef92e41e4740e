package redteam

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"sync"

	"callscam/corpus"
)

// Score gives a call's probability of being a scam. It is used by one
// goroutine.
type Score func(*corpus.Transcript) float64

// Report says what the edits do to the detection of some scam calls.
type Report struct {
	Schema    string    `json:"schema"`
	Scam      int       `json:"scam"`
	Legit     int       `json:"legit"`
	Threshold float64   `json:"threshold"`
	AtOne     bool      `json:"at_one_percent"` // else the model's own threshold: too few legitimate calls
	Caught    int       `json:"caught"`         // scams flagged as they are
	Edits     []Outcome `json:"edits"`
	Escapes   []Escape  `json:"escapes"`
}

// Schema names the form of a report.
const Schema = "callscam.redteam/1"

// Outcome is what one edit does. Lost counts calls that were flagged before
// and are not after it, Won the other way round. Changed is the mean share of
// a call's words that the edit adds or takes away.
type Outcome struct {
	Edit    string  `json:"edit"`
	Caught  int     `json:"caught"`
	Lost    int     `json:"lost"`
	Won     int     `json:"won"`
	Changed float64 `json:"changed"`
}

// Escape is a call that some edit gets past the threshold, with the edit that
// changes the fewest words.
type Escape struct {
	ID      string  `json:"id"`
	Path    string  `json:"path"`
	Edit    string  `json:"edit"`
	Changed float64 `json:"changed"`
	Before  float64 `json:"before"`
	After   float64 `json:"after"`
}

// minLegit is the number of legitimate calls from which a rate of 1 % means
// something.
const minLegit = 100

// trial is one call's probabilities.
type trial struct {
	before float64
	after  []float64 // by edit; scams only
	shares []float64 // of words changed
}

// Run applies every edit to every scam call. The threshold is the one that
// 1 % of the legitimate calls reach or, where there are fewer than a hundred,
// the one given. Jobs goroutines work, each with a Score of its own.
func Run(calls []corpus.Example, score func() Score, given float64, seed uint64, jobs int, done func()) (*Report, error) {
	trials := make([]trial, len(calls))
	work := make(chan int)
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range max(1, jobs) {
		wg.Go(func() {
			s := score()
			for i := range work {
				trials[i] = try(&calls[i], s, seed)
				mu.Lock()
				done()
				mu.Unlock()
			}
		})
	}
	for i := range calls {
		work <- i
	}
	close(work)
	wg.Wait()
	return sum(calls, trials, given)
}

func try(e *corpus.Example, score Score, seed uint64) trial {
	t := trial{before: score(&e.Transcript)}
	if e.Label != corpus.Scam || len(e.Turns) == 0 {
		return t
	}
	for _, edit := range Edits() {
		changed := edit.Apply(&e.Transcript, seed)
		t.after = append(t.after, score(&changed))
		t.shares = append(t.shares, difference(&e.Transcript, &changed))
	}
	return t
}

// difference returns how many words were added or taken away, as a share of
// the words before.
func difference(a, b *corpus.Transcript) float64 {
	count := map[string]int{}
	total, changed := 0, 0
	for i := range a.Turns {
		for _, w := range words(a.Turns[i].Text) {
			if w.is {
				count[w.text]++
				total++
			}
		}
	}
	for i := range b.Turns {
		for _, w := range words(b.Turns[i].Text) {
			if w.is {
				count[w.text]--
			}
		}
	}
	for _, n := range count {
		changed += max(n, -n)
	}
	return float64(changed) / float64(max(1, total))
}

func sum(calls []corpus.Example, trials []trial, given float64) (*Report, error) {
	r := &Report{Schema: Schema, Threshold: given, Escapes: []Escape{}}
	var legit []float64
	for i := range calls {
		if calls[i].Label == corpus.Scam {
			r.Scam++
		} else {
			legit = append(legit, trials[i].before)
		}
	}
	if r.Legit = len(legit); r.Scam == 0 {
		return nil, errors.New("no scam calls: the edits are made to calls labelled scam")
	}
	if r.Legit >= minLegit {
		slices.Sort(legit)
		r.AtOne, r.Threshold = true, math.Nextafter(legit[r.Legit-1-r.Legit/100], 2)
	}
	edits := Edits()
	r.Edits = make([]Outcome, len(edits))
	for k := range edits {
		r.Edits[k].Edit = edits[k].Name
	}
	for i := range calls {
		if t := &trials[i]; calls[i].Label == corpus.Scam && t.after != nil {
			r.count(&calls[i], t, edits)
		}
	}
	for k := range r.Edits {
		r.Edits[k].Changed /= float64(r.Scam)
	}
	slices.SortStableFunc(r.Escapes, func(a, b Escape) int { return cmp.Compare(a.Changed, b.Changed) })
	return r, nil
}

func (r *Report) count(e *corpus.Example, t *trial, edits []Edit) {
	flagged := t.before >= r.Threshold
	if flagged {
		r.Caught++
	}
	cheapest := -1
	for k, p := range t.after {
		o := &r.Edits[k]
		o.Changed += t.shares[k]
		switch still := p >= r.Threshold; {
		case still && !flagged:
			o.Won++
			o.Caught++
		case still:
			o.Caught++
		case flagged:
			o.Lost++
			if cheapest < 0 || t.shares[k] < t.shares[cheapest] {
				cheapest = k
			}
		}
	}
	if cheapest >= 0 {
		r.Escapes = append(r.Escapes, Escape{e.ID, e.Path, edits[cheapest].Name, t.shares[cheapest], t.before, t.after[cheapest]})
	}
}
