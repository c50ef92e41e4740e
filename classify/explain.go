package classify

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"callscam/features"
)

// ranking is the classifier's features in the order of their weights, so that
// a result's contributions need hardly any sorting: most are terms, which all
// have one value.
type ranking struct {
	columns []int32 // by rank
	ranks   []int32 // by column
}

func newRanking(names []features.Feature, weights []float64) *ranking {
	r := &ranking{columns: make([]int32, len(names)), ranks: make([]int32, len(names))}
	for i := range r.columns {
		r.columns[i] = int32(i)
	}
	slices.SortFunc(r.columns, func(a, b int32) int {
		return cmp.Or(cmp.Compare(math.Abs(weights[b]), math.Abs(weights[a])), cmp.Compare(names[a].Name, names[b].Name))
	})
	for rank, col := range r.columns {
		r.ranks[col] = int32(rank)
	}
	return r
}

// tally adds up a call's points. It is not safe for concurrent use.
type tally struct {
	c      *Classifier
	voice  *voice
	said   []uint64 // a bit for every rank
	first  []Contribution
	points []float64
	count  []int
}

// uses is how many uses of a tactic there are.
const uses = int(features.UseRetold) + 1

func newTally(c *Classifier) *tally {
	n := uses * len(c.Catalog().Tactics)
	return &tally{c: c, said: make([]uint64, (len(c.vectorizer.Features())+63)/64), points: make([]float64, n), count: make([]int, n)}
}

// contributions returns each feature's points, the weightiest first, ties by
// name, and the margin that they add up to.
func (t *tally) contributions(v *voice, row features.Vector) (all []Contribution, margin float64) {
	t.voice = v
	margin = v.bias
	names := t.c.vectorizer.Features()
	all = make([]Contribution, 0, len(row.Index))
	clear(t.said)
	x := 0.0
	for i, col := range row.Index {
		points := float64(t.voice.weights[col] * row.Value[i])
		if points == 0 {
			continue
		}
		margin += points
		if names[col].Class == features.TermFeature {
			x = row.Value[i]
			rank := t.voice.ranking.ranks[col]
			t.said[rank>>6] |= 1 << (rank & 63)
		} else {
			all = append(all, Contribution{names[col].Name, points})
		}
	}
	dense := len(all)
	for i, set := range t.said {
		for ; set != 0; set &= set - 1 {
			col := t.voice.ranking.columns[i<<6+bits.TrailingZeros64(set)]
			all = append(all, Contribution{names[col].Name, t.voice.weights[col] * x})
		}
	}
	t.merge(all, dense)
	return all, margin
}

// merge puts the weightiest first, ties by name. The first are in no order; the
// others are, but for points that rounding made equal.
func (t *tally) merge(all []Contribution, dense int) {
	slices.SortFunc(all[:dense], compareContributions)
	t.first = append(t.first[:0], all[:dense]...)
	terms := all[dense:]
	for i := 1; i < len(terms); i++ {
		for k := i; k > 0 && compareContributions(terms[k], terms[k-1]) < 0; k-- {
			terms[k], terms[k-1] = terms[k-1], terms[k]
		}
	}
	out := all[:0]
	for _, c := range t.first {
		for len(terms) > 0 && compareContributions(terms[0], c) < 0 {
			out, terms = append(out, terms[0]), terms[1:]
		}
		out = append(out, c)
	}
}

func compareContributions(a, b Contribution) int {
	x, y := math.Abs(a.Points), math.Abs(b.Points)
	switch {
	case x > y:
		return -1
	case x < y:
		return 1
	}
	return cmp.Compare(a.Feature, b.Feature)
}

// evidence gives every piece of evidence an equal share of the points of the
// features that it feeds: those of its tactic and polarity.
func (t *tally) evidence(d *features.Document, row features.Vector) []Evidence {
	clear(t.points)
	clear(t.count)
	for i, col := range row.Index {
		if tactic, use, ok := t.c.vectorizer.Feeds(int(col)); ok {
			t.points[tactic*uses+int(use)] += float64(t.voice.weights[col] * row.Value[i])
		}
	}
	for i := range d.Evidence {
		e := &d.Evidence[i]
		t.count[e.Tactic*uses+int(e.Use())]++
	}
	out := make([]Evidence, len(d.Evidence))
	for i := range d.Evidence {
		e := &d.Evidence[i]
		k := e.Tactic*uses + int(e.Use())
		out[i] = Evidence{
			Tactic: t.c.Catalog().Tactics[e.Tactic].Name, Polarity: e.Polarity.String(),
			Turn: e.Turn + 1, Role: e.Role.String(), Start: e.Start, End: e.End, Quote: d.Quote(e),
		}
		if t.points[k] != 0 {
			out[i].Points = t.points[k] / float64(t.count[k])
		}
	}
	return out
}

// Reason returns the result's weightiest piece of evidence in the direction of
// its verdict, the earliest of equals, or nil.
func (r *Result) Reason() *Evidence {
	var best *Evidence
	for i := range r.Evidence {
		e := &r.Evidence[i]
		weight := e.Points
		if r.Verdict == Legit {
			weight = -weight
		}
		if weight <= 0 {
			continue
		}
		if best == nil || math.Abs(e.Points) > math.Abs(best.Points) {
			best = e
		}
	}
	return best
}

// furthestStage returns the last stage of the script that the remote party
// asserted.
func furthestStage(c *features.Catalog, d *features.Document) features.Stage {
	stage := features.NoStage
	for i := range d.Evidence {
		if e := &d.Evidence[i]; e.Polarity == features.Asserted {
			stage = max(stage, c.Tactics[e.Tactic].Stage)
		}
	}
	return stage
}
