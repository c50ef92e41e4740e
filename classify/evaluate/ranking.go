package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// ranking is predictions from the highest probability down, sorted once. What
// is computed of it takes the weight of each group, so that a bootstrap round
// is one pass.
type ranking struct {
	group []int32
	scam  []bool
	last  []bool // last of its tie
	prob  []float64
}

// rank sorts the predictions of the calls in by prob; group numbers each call's
// group.
func rank(ps []Prediction, in []int, group []int32, prob func(*Prediction) float64) *ranking {
	p := make([]float64, len(in))
	order := make([]int, len(in))
	for k, i := range in {
		order[k], p[k] = k, prob(&ps[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	r := &ranking{make([]int32, len(in)), make([]bool, len(in)), make([]bool, len(in)), make([]float64, len(in))}
	for at, k := range order {
		r.group[at], r.scam[at], r.prob[at] = group[in[k]], ps[in[k]].Scam, p[k]
		r.last[at] = at+1 == len(order) || p[order[at+1]] != p[k]
	}
	return r
}

// ordered is the figures that depend on the order of the calls alone.
type ordered struct {
	auc, ap float64
	recall  [3]float64 // at falseAlarmRates
}

// falseAlarmRates are the shares of legitimate calls that may be flagged.
var falseAlarmRates = [3]float64{0.001, 0.01, 0.05}

// figures returns the area under the ROC curve with ties counted half, the
// average precision Σ (R_n - R_n-1) P_n, both as scikit-learn has them, and the
// largest recalls at the false-alarm rates. They are NaN without weight on
// calls of both labels.
func (r *ranking) figures(weight []float64) ordered {
	return r.figuresAt(weight, falseAlarmRates)
}

func (r *ranking) figuresAt(weight []float64, rates [3]float64) ordered {
	scams, legits := r.totals(weight)
	if scams == 0 || legits == 0 {
		nan := math.NaN()
		return ordered{nan, nan, [3]float64{nan, nan, nan}}
	}
	var out ordered
	var allowed [3]float64
	for k, rate := range rates {
		allowed[k] = rate*legits + 1e-9
	}
	scam, legit, scamBefore, legitBefore := 0.0, 0.0, 0.0, 0.0
	for i, g := range r.group {
		if r.scam[i] {
			scam += weight[g]
		} else {
			legit += weight[g]
		}
		if !r.last[i] {
			continue
		}
		if legit != legitBefore {
			out.auc += (legit - legitBefore) * (scam + scamBefore)
		}
		if scam != scamBefore {
			out.ap += (scam - scamBefore) * scam / (scam + legit)
		}
		for k := range allowed {
			if legit <= allowed[k] {
				out.recall[k] = scam
			}
		}
		scamBefore, legitBefore = scam, legit
	}
	out.auc /= 2 * scams * legits
	out.ap /= scams
	for k := range out.recall {
		out.recall[k] /= scams
	}
	return out
}

func (r *ranking) totals(weight []float64) (scam, legit float64) {
	for i, g := range r.group {
		if r.scam[i] {
			scam += weight[g]
		} else {
			legit += weight[g]
		}
	}
	return scam, legit
}

// calibrationBins is the number of bins of about equal mass behind the
// expected calibration error and the reliability diagram.
const calibrationBins = 15

// eachBin yields runs [from, to) of the ranking that hold about one in
// calibrationBins of the weight each. Equal probabilities share a bin, so the
// order of ties cannot matter.
func (r *ranking) eachBin(weight []float64, yield func(from, to int)) {
	total := 0.0
	for _, g := range r.group {
		total += weight[g]
	}
	from, sum, bin := 0, 0.0, 1.0
	for i, g := range r.group {
		sum += weight[g]
		if r.last[i] && sum*calibrationBins >= bin*total-1e-9 {
			yield(from, i+1)
			from = i + 1
			bin = math.Floor(sum*calibrationBins/total+1e-9) + 1
		}
	}
	if from < len(r.group) {
		yield(from, len(r.group))
	}
}

// calibrationError returns the mean distance of bin means and shares of scams,
// weighted by the bins' mass.
func (r *ranking) calibrationError(weight []float64) float64 {
	distance, total := 0.0, 0.0
	r.eachBin(weight, func(from, to int) {
		sum, mass := 0.0, 0.0
		for i := from; i < to; i++ {
			w := weight[r.group[i]]
			sum += w * r.prob[i]
			if r.scam[i] {
				sum -= w
			}
			mass += w
		}
		distance += math.Abs(sum)
		total += mass
	})
	return distance / total
}

// everyOne is a weight of 1 for each of n groups.
func everyOne(n int) []float64 {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1
	}
	return w
}

// rankAll ranks all predictions, with every call its own group.
func rankAll(ps []Prediction) (*ranking, []float64) {
	in, group := make([]int, len(ps)), make([]int32, len(ps))
	for i := range ps {
		in[i], group[i] = i, int32(i)
	}
	return rank(ps, in, group, probability), everyOne(len(ps))
}

func probability(p *Prediction) float64 { return p.Probability }

// ROCAUC returns the area under the ROC curve, ties counted half, as
// scikit-learn's roc_auc_score. It is NaN with calls of one label only.
func ROCAUC(ps []Prediction) float64 {
	r, w := rankAll(ps)
	return r.figures(w).auc
}

// AveragePrecision returns scikit-learn's average_precision_score: the sum of
// the precisions at each threshold, weighted by the gain in recall. It is NaN
// with calls of one label only.
func AveragePrecision(ps []Prediction) float64 {
	r, w := rankAll(ps)
	return r.figures(w).ap
}

// RecallAt returns the largest share of scam calls that can be flagged while
// at most the share fpr of the legitimate ones is. It is NaN with calls of one
// label only.
func RecallAt(ps []Prediction, fpr float64) float64 {
	r, w := rankAll(ps)
	return r.figuresAt(w, [3]float64{fpr}).recall[0]
}
