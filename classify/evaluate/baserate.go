package evaluate

// oneIn are the base rates: one call in so many is a scam.
var oneIn = [3]int{10, 100, 1000}

type baseRates struct {
	c  *cut
	at int
}

// newBaseRates asks what share of the flagged calls would be scams: by Bayes'
// rule from recall and false-alarm rate at the shipped threshold.
func newBaseRates(c *cut, s *study) baseRates {
	b := baseRates{c: c}
	b.at = s.add(len(oneIn), func(weight, out []float64) {
		t := c.total(weight)
		recall := t.scamFlagged / (t.scamFlagged + t.scamMissed)
		alarms := t.legitFlagged / (t.legitFlagged + t.legitPassed)
		for k, n := range oneIn {
			out[k] = precisionAt(n, recall, alarms)
		}
	})
	return b
}

func precisionAt(oneIn int, recall, alarms float64) float64 {
	scams := recall / float64(oneIn)
	return scams / (scams + alarms*(1-1/float64(oneIn)))
}

// told gives a share of 1, seen where no legitimate call was flagged, the lower
// end that the exact bound of the false-alarm rate leaves.
func (b baseRates) told(s *study) []BaseRate {
	var out []BaseRate
	_, legits, _ := b.c.groupsWith()
	for k, n := range oneIn {
		e := s.estimate(b.at + k)
		if e.Value == 1 {
			e.Low, e.Exact = Figure(precisionAt(n, s.point[b.c.at+figRecall], exactEnd(legits))), true
		}
		out = append(out, BaseRate{n, e})
	}
	return out
}
