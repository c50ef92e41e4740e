package evaluate

import (
	"fmt"
	"math"
)

// ProbeScores is a probe's held-out score for each call, NaN where it was not
// probed. Says is what it means when the probe explains the result.
type ProbeScores struct {
	Name   string
	Lang   string
	Says   string
	Scores []float64
}

// The rule by which a probe explains a result: it reaches at least leastProbe,
// and at least shareOfOurs of what the model gains over chance on the same
// calls.
const (
	leastProbe  = 0.75
	shareOfOurs = 0.90
)

// Explains reports whether a probe's ROC-AUC explains ours on the same calls:
// at least 0.75, and at least 90 % as far above 0.5 as ours.
func Explains(probe, ours float64) bool {
	return probe >= leastProbe && probe-0.5 >= shareOfOurs*(ours-0.5)
}

func probes(given []ProbeScores, ps []Prediction) ([]Probe, error) {
	out := []Probe{}
	for _, g := range append(given, sourceProbe(ps)...) {
		if len(g.Scores) != len(ps) {
			return nil, fmt.Errorf("probe %s scored %d of %d calls", g.Name, len(g.Scores), len(ps))
		}
		var theirs, ours []Prediction
		for i := range ps {
			if !math.IsNaN(g.Scores[i]) {
				p := Prediction{ID: ps[i].ID, Scam: ps[i].Scam, Probability: g.Scores[i]}
				theirs = append(theirs, p)
				p.Probability = ps[i].Probability
				ours = append(ours, p)
			}
		}
		if err := Check(theirs); err != nil {
			return nil, fmt.Errorf("probe %s: %w", g.Name, err)
		}
		p := Probe{Name: g.Name, Lang: g.Lang, AUC: Figure(ROCAUC(theirs)), Ours: Figure(ROCAUC(ours)), Calls: len(theirs)}
		p.Explains = Explains(float64(p.AUC), float64(p.Ours))
		p.Verdict = p.verdict(g.Says)
		out = append(out, p)
	}
	return out, nil
}

func (p *Probe) verdict(says string) string {
	where := ""
	if p.Lang != "" {
		where = " in the " + p.Lang + " calls"
	}
	switch {
	case p.Explains:
		return fmt.Sprintf("%s%s (ROC-AUC %.3f, the model %.3f)", says, where, float64(p.AUC), float64(p.Ours))
	case !p.AUC.Defined():
		return "needs calls of both labels"
	}
	return "does not explain the result"
}

// sourceProbe scores each call by the share of scams in its source, unless
// there is one source only.
func sourceProbe(ps []Prediction) []ProbeScores {
	type tally struct{ scam, all float64 }
	sources := map[string]tally{}
	for i := range ps {
		t := sources[ps[i].Source]
		t.all++
		if ps[i].Scam {
			t.scam++
		}
		sources[ps[i].Source] = t
	}
	if len(sources) < 2 {
		return nil
	}
	scores := make([]float64, len(ps))
	for i := range ps {
		t := sources[ps[i].Source]
		scores[i] = t.scam / t.all
	}
	return []ProbeScores{{Name: "label equal to source", Says: "which data set a call comes from tells its label", Scores: scores}}
}
