package evaluate

// oneIn are the base rates: one call in so many is a scam.
var oneIn = [3]int{10, 100, 1000}

// precisionAt is Bayes' rule: the share of flagged calls that are scams.
func precisionAt(oneIn int, recall, alarms float64) float64 {
	scams := recall / float64(oneIn)
	return scams / (scams + float64(alarms*(1-1/float64(oneIn))))
}

// baseRates gives a share of 1, seen where no legitimate call was flagged, the
// lower end that the exact bound of the false-alarm rate leaves.
func (c *cut) baseRates(s *study) []BaseRate {
	var out []BaseRate
	_, legits, _ := c.groupsWith()
	for k, n := range oneIn {
		e := s.estimate(c.at + figBaseRates + k)
		if e.Value == 1 {
			e.Low, e.Exact = Figure(precisionAt(n, s.point[c.at+figRecall], exactEnd(legits))), true
		}
		out = append(out, BaseRate{n, e})
	}
	return out
}
