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
	calls []rankedCall
	prob  []float64
}

// rankedCall is a call's group, shifted to make room for its label and for
// whether it is the last of its tie: one number a call keeps the pass short.
type rankedCall uint32

func (c rankedCall) group() int { return int(c >> 2) }
func (c rankedCall) scam() bool { return c&2 != 0 }
func (c rankedCall) last() bool { return c&1 != 0 }

func bit(b bool, value rankedCall) rankedCall {
	if b {
		return value
	}
	return 0
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
	r := &ranking{make([]rankedCall, len(in)), make([]float64, len(in))}
	for at, k := range order {
		last := at+1 == len(order) || p[order[at+1]] != p[k]
		r.calls[at] = rankedCall(group[in[k]])<<2 | bit(ps[in[k]].Scam, 2) | bit(last, 1)
		r.prob[at] = p[k]
	}
	return r
}

// ordered is the figures that depend on the order of the calls.
type ordered struct {
	auc, ap float64
	recall  [3]float64 // at falseAlarmRates
	ece     float64
}

// falseAlarmRates are the shares of legitimate calls that may be flagged.
var falseAlarmRates = [3]float64{0.001, 0.01, 0.05}

// figures returns the area under the ROC curve with ties counted half, the
// average precision Σ (R_n - R_n-1) P_n, both as scikit-learn has them, the
// largest recalls at the false-alarm rates, and the expected calibration
// error. All but the last are NaN without weight on calls of both labels.
func (r *ranking) figures(weight []float64) ordered {
	return r.figuresAt(weight, falseAlarmRates)
}

func (r *ranking) figuresAt(weight []float64, rates [3]float64) ordered {
	scams, legits := r.totals(weight)
	var out ordered
	allowed := [3]float64{float64(rates[0]*legits) + 1e-9, float64(rates[1]*legits) + 1e-9, float64(rates[2]*legits) + 1e-9}
	highest := max(allowed[0], allowed[1], allowed[2])
	bins := binning{full: (scams + legits) / calibrationBins}
	end := bins.end()
	var scam, mass, scamBefore, massBefore float64
	for i, c := range r.calls {
		w := weight[c>>2]
		mass += w
		scam += float64(w * scamWeight[c>>1&1])
		bins.sum += float64(w * r.prob[i])
		if !c.last() || mass == massBefore {
			continue
		}
		legit, more := mass-scam, scam-scamBefore
		out.auc += float64((mass - massBefore - more) * (scam + scamBefore))
		out.ap += more * scam / mass
		if legit <= highest {
			for k := range allowed {
				if legit <= allowed[k] {
					out.recall[k] = scam
				}
			}
		}
		scamBefore, massBefore = scam, mass
		if mass >= end {
			bins.close(scam, mass)
			end = bins.end()
		}
	}
	bins.close(scam, mass)
	out.ece = bins.distance / (scams + legits)
	if scams == 0 || legits == 0 {
		nan := math.NaN()
		return ordered{nan, nan, [3]float64{nan, nan, nan}, out.ece}
	}
	out.auc /= 2 * scams * legits
	out.ap /= scams
	for k := range out.recall {
		out.recall[k] /= scams
	}
	return out
}

// scamWeight spares the pass a branch that no processor can foresee.
var scamWeight = [2]float64{0, 1}

// binning adds up the expected calibration error, the mean distance of mean
// probability and share of scams in bins of about equal mass. A bin ends with
// the first tie that fills it, so the order of ties cannot matter.
type binning struct {
	full     float64 // mass of a bin
	number   float64 // of the open bin
	sum      float64 // of probabilities in the open bin
	scam     float64 // before the open bin
	distance float64
}

func (b *binning) end() float64 { return float64((b.number+1)*b.full) - 1e-9 }

func (b *binning) close(scam, mass float64) {
	b.distance += math.Abs(b.sum - (scam - b.scam))
	b.sum, b.scam = 0, scam
	b.number = math.Floor(mass/b.full + 1e-9)
}

func (r *ranking) totals(weight []float64) (scam, legit float64) {
	mass := 0.0
	for _, c := range r.calls {
		w := weight[c>>2]
		mass += w
		scam += float64(w * scamWeight[c>>1&1])
	}
	return scam, mass - scam
}

// calibrationBins is the number of bins of about equal mass behind the
// expected calibration error and the reliability diagram.
const calibrationBins = 15

// eachBin yields the bins [from, to) of the ranking, every call counted once.
func (r *ranking) eachBin(yield func(from, to int)) {
	b := binning{full: float64(len(r.calls)) / calibrationBins}
	from := 0
	for i, c := range r.calls {
		if c.last() && float64(i+1) >= b.end() {
			yield(from, i+1)
			from = i + 1
			b.close(0, float64(i+1))
		}
	}
	if from < len(r.calls) {
		yield(from, len(r.calls))
	}
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
