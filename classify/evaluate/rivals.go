package evaluate

import "fmt"

// rival is another way's figures within a study.
type rival struct {
	name string
	at   int
}

func newRivals(given []Rival, ps []Prediction, s *study) ([]rival, error) {
	in := make([]int, len(ps))
	for i := range in {
		in[i] = i
	}
	var out []rival
	for _, g := range given {
		other, err := rescored(g.Name, ps, g.Scores)
		if err != nil {
			return nil, err
		}
		r := rank(other, in, s.group, probability)
		at := s.add(2, func(weight, out []float64) {
			o := r.figures(weight)
			out[0], out[1] = o.auc, o.recall[1]
		})
		out = append(out, rival{g.Name, at})
	}
	return out, nil
}

// rescored returns the predictions with other probabilities.
func rescored(name string, ps []Prediction, scores []float64) ([]Prediction, error) {
	if len(scores) != len(ps) {
		return nil, fmt.Errorf("%s scored %d of %d calls", name, len(scores), len(ps))
	}
	out := make([]Prediction, len(ps))
	for i := range ps {
		out[i] = Prediction{ID: ps[i].ID, Scam: ps[i].Scam, Probability: scores[i], Source: ps[i].Source, Group: ps[i].Group}
	}
	if err := Check(out); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

func (r rival) told(ours int, s *study) Comparison {
	c := Comparison{Name: r.name, AUC: s.estimate(r.at), Recall1: s.estimate(r.at + 1),
		AUCGain: s.difference(ours+figAUC, r.at), Recall1Gain: s.difference(ours+figRecall1, r.at+1)}
	c.Word = word(c.AUCGain)
	return c
}

func word(gain Estimate) string {
	switch {
	case gain.Low > 0:
		return "better"
	case gain.High < 0:
		return "worse"
	}
	return cannotTell
}

const cannotTell = "cannot tell"
