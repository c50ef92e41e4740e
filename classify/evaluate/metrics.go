// Package evaluate says how right predictions are. It sees labels,
// probabilities and where each call came from, never a call's text.
package evaluate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Prediction is one labelled call's probability of being a scam, with what it
// can be grouped and sliced by.
type Prediction struct {
	ID          string
	Scam        bool
	Probability float64
	Flagged     bool // at the model's own threshold
	Source      string
	Group       string
	Lang        string
	Pretext     string
}

// Check refuses predictions that no figure can be made of.
func Check(ps []Prediction) error {
	if len(ps) == 0 {
		return errors.New("no labelled calls")
	}
	for i := range ps {
		if p := ps[i].Probability; !(p >= 0 && p <= 1) {
			return fmt.Errorf("call %q has probability %v: want 0 to 1", ps[i].ID, p)
		}
	}
	return nil
}

// Count returns the number of scam and legitimate calls.
func Count(ps []Prediction) (scam, legit int) {
	for i := range ps {
		if ps[i].Scam {
			scam++
		} else {
			legit++
		}
	}
	return scam, legit
}

// point is one distinct probability with the calls at or above it.
type point struct{ scam, legit float64 }

// curve returns, from the highest probability down, how many calls of either
// label stand at or above it. Equal probabilities share a point. Weights are
// how often each prediction counts; nil is once.
func curve(ps []Prediction, order []int, weight []float64) []point {
	var out []point
	scam, legit := 0.0, 0.0
	for k, i := range order {
		w := 1.0
		if weight != nil {
			w = weight[i]
		}
		if ps[i].Scam {
			scam += w
		} else {
			legit += w
		}
		if k+1 == len(order) || ps[order[k+1]].Probability != ps[i].Probability {
			out = append(out, point{scam, legit})
		}
	}
	return out
}

// descending returns the predictions' indexes from the highest probability
// down.
func descending(ps []Prediction) []int {
	order := make([]int, len(ps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ps[b].Probability, ps[a].Probability) })
	return order
}

// ROCAUC returns the area under the ROC curve, ties counted half, as
// scikit-learn's roc_auc_score. It is NaN with calls of one label only.
func ROCAUC(ps []Prediction) float64 { return auc(curve(ps, descending(ps), nil)) }

func auc(c []point) float64 {
	if len(c) == 0 || c[len(c)-1].scam == 0 || c[len(c)-1].legit == 0 {
		return math.NaN()
	}
	area := 0.0
	before := point{}
	for _, p := range c {
		area += (p.legit - before.legit) * (p.scam + before.scam) / 2
		before = p
	}
	return area / (c[len(c)-1].scam * c[len(c)-1].legit)
}

// RecallAt returns the largest share of scam calls that can be flagged while
// at most the share fpr of the legitimate ones is. It is NaN with calls of one
// label only.
func RecallAt(ps []Prediction, fpr float64) float64 {
	return recallAt(curve(ps, descending(ps), nil), fpr)
}

func recallAt(c []point, fpr float64) float64 {
	if len(c) == 0 || c[len(c)-1].scam == 0 || c[len(c)-1].legit == 0 {
		return math.NaN()
	}
	last := c[len(c)-1]
	best := 0.0
	for _, p := range c {
		if p.legit <= fpr*last.legit+1e-9 {
			best = p.scam / last.scam
		}
	}
	return best
}

// Brier returns the mean squared distance of probability and truth, as
// scikit-learn's brier_score_loss.
func Brier(ps []Prediction) float64 {
	sum := 0.0
	for i := range ps {
		d := ps[i].Probability
		if ps[i].Scam {
			d--
		}
		sum += d * d
	}
	return sum / float64(len(ps))
}

// Wilson returns the 95 % interval of a share of k in n, after Wilson (1927).
func Wilson(k, n int) [2]float64 {
	if n == 0 {
		return [2]float64{0, 1}
	}
	const z = 1.959963984540054
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return [2]float64{max(0, mid-half), min(1, mid+half)}
}
