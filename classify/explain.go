package classify

import (
	"cmp"
	"math"
	"slices"

	"callscam/features"
)

// sortContributions puts the weightiest first, ties by name.
func sortContributions(cs []Contribution) {
	slices.SortFunc(cs, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)), cmp.Compare(a.Feature, b.Feature))
	})
}

// evidence gives every piece of evidence an equal share of the points of the
// features that it feeds: those of its tactic and polarity.
func (c *Classifier) evidence(d *features.Document, row features.Vector) []Evidence {
	type kind struct {
		tactic int
		use    features.Use
	}
	points := map[kind]float64{}
	for i, col := range row.Index {
		if tactic, use, ok := c.vectorizer.Feeds(int(col)); ok {
			points[kind{tactic, use}] += c.weights[col] * row.Value[i]
		}
	}
	count := map[kind]int{}
	for i := range d.Evidence {
		e := &d.Evidence[i]
		count[kind{e.Tactic, e.Use()}]++
	}
	out := make([]Evidence, len(d.Evidence))
	for i := range d.Evidence {
		e := &d.Evidence[i]
		k := kind{e.Tactic, e.Use()}
		out[i] = Evidence{
			Tactic: c.Catalog().Tactics[e.Tactic].Name, Polarity: e.Polarity.String(),
			Turn: e.Turn + 1, Role: e.Role.String(), Start: e.Start, End: e.End, Quote: d.Quote(e),
		}
		if points[k] != 0 {
			out[i].Points = points[k] / float64(count[k])
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
