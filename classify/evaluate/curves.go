package evaluate

import "math"

// curves returns what the charts of the ranking draw.
func curves(r *ranking) Curves {
	c := Curves{ROC: []ROCPoint{}, PR: []PRPoint{}, Reliability: reliability(r), Histogram: histogram(r)}
	scams, legits := 0.0, 0.0
	for _, call := range r.calls {
		if call.scam() {
			scams++
		} else {
			legits++
		}
	}
	if scams == 0 || legits == 0 {
		return c
	}
	scam, legit := 0.0, 0.0
	c.ROC = append(c.ROC, ROCPoint{0, 0, 1})
	for i := range r.prob {
		if r.calls[i].scam() {
			scam++
		} else {
			legit++
		}
		if !r.calls[i].last() {
			continue
		}
		p := ROCPoint{legit / legits, scam / scams, r.prob[i]}
		if n := len(c.ROC); n > 1 && straight(c.ROC[n-2], c.ROC[n-1], p) {
			c.ROC[n-1] = p
		} else {
			c.ROC = append(c.ROC, p)
		}
		pr := PRPoint{scam / scams, scam / (scam + legit), r.prob[i]}
		if n := len(c.PR); n == 0 || i+1 == len(r.prob) || far(c.PR[n-1], pr) {
			c.PR = append(c.PR, pr)
		}
	}
	return c
}

// straight reports whether b lies on the level or upright line from a to c.
func straight(a, b, c ROCPoint) bool {
	return a.FalseAlarms == b.FalseAlarms && b.FalseAlarms == c.FalseAlarms || a.Recall == b.Recall && b.Recall == c.Recall
}

// far reports whether two points can be told apart in a chart of 500 dots.
func far(a, b PRPoint) bool {
	return math.Abs(a.Recall-b.Recall) >= 0.002 || math.Abs(a.Precision-b.Precision) >= 0.002
}

func reliability(r *ranking) []ReliabilityBin {
	out := []ReliabilityBin{}
	r.eachBin(func(from, to int) {
		sum, scams := 0.0, 0
		for i := from; i < to; i++ {
			sum += r.prob[i]
			if r.calls[i].scam() {
				scams++
			}
		}
		ci := Wilson(scams, to-from)
		out = append(out, ReliabilityBin{to - from, sum / float64(to-from), float64(scams) / float64(to-from), ci[0], ci[1]})
	})
	return out
}

func histogram(r *ranking) []HistogramBin {
	const bins = 20
	out := make([]HistogramBin, bins)
	for k := range out {
		out[k].From, out[k].To = float64(k)/bins, float64(k+1)/bins
	}
	for i, p := range r.prob {
		b := &out[min(int(p*bins), bins-1)]
		if r.calls[i].scam() {
			b.Scam++
		} else {
			b.Legit++
		}
	}
	return out
}
