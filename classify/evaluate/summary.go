package evaluate

import "math"

// Summary is how right the predictions of one set of calls are. Figures that
// need calls of both labels are NaN where one is missing.
type Summary struct {
	Name      string     `json:"name"`
	Scam      int        `json:"scam"`
	Legit     int        `json:"legit"`
	AUC       Figure     `json:"roc_auc"`
	Recall1   Figure     `json:"recall_at_1_percent_false_alarms"`
	Interval1 [2]Figure  `json:"recall_at_1_percent_interval_95"`
	Recall5   Figure     `json:"recall_at_5_percent_false_alarms"`
	Brier     Figure     `json:"brier"`
	Confusion Confusion  `json:"confusion"`
	Precision Figure     `json:"precision"`
	Recall    Figure     `json:"recall"`
	Alarms    Figure     `json:"false_alarm_rate"`
	AlarmsCI  [2]float64 `json:"false_alarm_rate_interval_95"`
}

// Figure is a number that may be undefined; JSON writes that as null.
type Figure float64

// MarshalJSON writes NaN as null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(f)) {
		return []byte("null"), nil
	}
	return []byte(formatFloat(float64(f))), nil
}

// Summarise returns the summary of the predictions.
func Summarise(name string, ps []Prediction, seed uint64) (Summary, error) {
	if err := Check(ps); err != nil {
		return Summary{}, err
	}
	conf, err := Confuse(ps)
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Name: name, Confusion: conf, AUC: Figure(ROCAUC(ps)), Brier: Figure(Brier(ps)),
		Recall1: Figure(RecallAt(ps, 0.01)), Recall5: Figure(RecallAt(ps, 0.05)),
		Precision: Figure(math.NaN()), Recall: Figure(math.NaN()), Alarms: Figure(math.NaN())}
	s.Scam, s.Legit = Count(ps)
	s.Interval1 = [2]Figure{Figure(math.NaN()), Figure(math.NaN())}
	if s.Scam > 0 && s.Legit > 0 {
		ci := RecallInterval(ps, 0.01, seed)
		s.Interval1 = [2]Figure{Figure(ci[0]), Figure(ci[1])}
	}
	if conf.ScamFlagged+conf.LegitFlagged > 0 {
		s.Precision = Figure(conf.Precision())
	}
	if s.Scam > 0 {
		s.Recall = Figure(conf.Recall())
	}
	if s.Legit > 0 {
		s.Alarms = Figure(conf.FalseAlarmRate())
	}
	s.AlarmsCI = Wilson(conf.LegitFlagged, s.Legit)
	return s, nil
}

// Slices summarises the predictions apart by what key returns, in order of the
// keys.
func Slices(ps []Prediction, seed uint64, key func(*Prediction) string) ([]Summary, error) {
	parts := map[string][]Prediction{}
	for i := range ps {
		k := key(&ps[i])
		parts[k] = append(parts[k], ps[i])
	}
	var out []Summary
	for _, name := range sortedNames(parts) {
		s, err := Summarise(name, parts[name], seed)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}
