package evaluate

import "math"

// Brier returns the mean squared distance of probability and truth, as
// scikit-learn's brier_score_loss.
func Brier(ps []Prediction) float64 {
	sum := 0.0
	for i := range ps {
		sum += squared(&ps[i])
	}
	return sum / float64(len(ps))
}

func squared(p *Prediction) float64 {
	d := p.Probability
	if p.Scam {
		d--
	}
	return d * d
}

// LogLoss returns the mean negative logarithm of the probability that was given
// to the truth, as scikit-learn's log_loss.
func LogLoss(ps []Prediction) float64 {
	sum := 0.0
	for i := range ps {
		sum += logLoss(&ps[i])
	}
	return sum / float64(len(ps))
}

// leastProbability is where scikit-learn clips: the distance from 1 to the next
// number.
const leastProbability = 0x1p-52

func logLoss(p *Prediction) float64 {
	q := clip(p.Probability)
	if p.Scam {
		return -math.Log(q)
	}
	return -math.Log1p(-q)
}

func clip(p float64) float64 { return min(max(p, leastProbability), 1-leastProbability) }

// line is the logistic regression of truth on the logit of the probability:
// slope 1 and intercept 0 are right. A slope below 1 means that probabilities
// are too extreme (Cox 1958).
type line struct{ slope, intercept float64 }

// logits of a ranking, in its order.
func (r *ranking) logits() []float64 {
	out := make([]float64, len(r.prob))
	for i, p := range r.prob {
		p = clip(p)
		out[i] = math.Log(p) - math.Log1p(-p)
	}
	return out
}

// calibrationLine fits the regression by Newton's method from the line start.
// It is NaN where the labels are separated or one is missing: then no line
// fits best.
func (r *ranking) calibrationLine(weight, logits []float64, start line) line {
	nan := line{math.NaN(), math.NaN()}
	a, b := start.slope, start.intercept
	if math.IsNaN(a) {
		a, b = 1, 0
	}
	for range 50 {
		var ga, gb, haa, hab, hbb float64
		for i, g := range r.group {
			w := weight[g]
			if w == 0 {
				continue
			}
			x := logits[i]
			p := 1 / (1 + math.Exp(-(a*x + b)))
			d := p
			if r.scam[i] {
				d--
			}
			h := w * p * (1 - p)
			ga, gb = ga+w*d*x, gb+w*d
			haa, hab, hbb = haa+h*x*x, hab+h*x, hbb+h
		}
		det := haa*hbb - hab*hab
		if !(det > 1e-12*haa*hbb) {
			return nan
		}
		da, db := (hbb*ga-hab*gb)/det, (haa*gb-hab*ga)/det
		if far := math.Max(math.Abs(da), math.Abs(db)); far > 2 {
			da, db = 2*da/far, 2*db/far
		}
		a, b = a-da, b-db
		if math.Abs(a) > 100 {
			return nan
		}
		if math.Abs(da) < 1e-7 && math.Abs(db) < 1e-7 {
			return line{a, b}
		}
	}
	return nan
}

// CalibrationLine returns slope and intercept of the logistic regression of
// truth on the logit of the probability, NaN where the labels are separated.
func CalibrationLine(ps []Prediction) (slope, intercept float64) {
	r, w := rankAll(ps)
	l := r.calibrationLine(w, r.logits(), line{1, 0})
	return l.slope, l.intercept
}

// CalibrationError returns the expected calibration error on 15 bins of about
// equal mass; equal probabilities share a bin.
func CalibrationError(ps []Prediction) float64 {
	r, w := rankAll(ps)
	return r.calibrationError(w)
}
