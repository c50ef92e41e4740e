package evaluate

import (
	"math"

	"callscam/features/arith"
)

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
		return -arith.Log(q)
	}
	return -arith.Log1p(-q)
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
		out[i] = arith.Log(p) - arith.Log1p(-p)
	}
	return out
}

// slopes are the first and second derivatives of the regression's loss by
// slope and intercept.
type slopes struct{ ga, gb, haa, hab, hbb float64 }

func (s *slopes) add(o *slopes, w float64) {
	s.ga += float64(w * o.ga)
	s.gb += float64(w * o.gb)
	s.haa += float64(w * o.haa)
	s.hab += float64(w * o.hab)
	s.hbb += float64(w * o.hbb)
}

// slopesOf returns the derivatives of one call at the line.
func (l line) slopesOf(x float64, scam bool) slopes {
	p := 1 / (1 + arith.Exp(-(float64(l.slope*x) + l.intercept)))
	d := p
	if scam {
		d--
	}
	h := p * (1 - p)
	return slopes{d * x, d, h * x * x, h * x, h}
}

// step returns the line one step of Newton's method on; NaN where the labels
// leave no best line.
func (l line) step(s *slopes) line {
	det := float64(s.haa*s.hbb) - float64(s.hab*s.hab)
	if !(det > 1e-12*s.haa*s.hbb) {
		return line{math.NaN(), math.NaN()}
	}
	return line{l.slope - (float64(s.hbb*s.ga)-float64(s.hab*s.gb))/det, l.intercept - (float64(s.haa*s.gb)-float64(s.hab*s.ga))/det}
}

// calibrationLine fits the regression by Newton's method. It is NaN where the
// labels are separated or one is missing: then no line fits best.
func (r *ranking) calibrationLine() line {
	logits := r.logits()
	l := line{1, 0}
	for range 100 {
		var all slopes
		for i, c := range r.calls {
			s := l.slopesOf(logits[i], c.scam())
			all.add(&s, 1)
		}
		next := l.step(&all)
		da, db := next.slope-l.slope, next.intercept-l.intercept
		if far := math.Max(math.Abs(da), math.Abs(db)); far > 2 {
			next = line{l.slope + 2*da/far, l.intercept + 2*db/far}
		}
		l = next
		if math.IsNaN(l.slope) || math.Abs(l.slope) > 100 {
			break
		}
		if math.Abs(da) < 1e-9 && math.Abs(db) < 1e-9 {
			return l
		}
	}
	return line{math.NaN(), math.NaN()}
}

// CalibrationLine returns slope and intercept of the logistic regression of
// truth on the logit of the probability, NaN where the labels are separated.
func CalibrationLine(ps []Prediction) (slope, intercept float64) {
	r, _ := rankAll(ps)
	l := r.calibrationLine()
	return l.slope, l.intercept
}

// CalibrationError returns the expected calibration error on 15 bins of about
// equal mass; equal probabilities share a bin.
func CalibrationError(ps []Prediction) float64 {
	r, w := rankAll(ps)
	return r.figures(w).ece
}
