package evaluate

import (
	"errors"
	"fmt"
)

// PairSchema names the form of a pairing.
const PairSchema = "callscam.comparison/1"

// Pairing is two predictions of the same calls side by side. Differences are B
// less A, paired by group.
type Pairing struct {
	Schema string   `json:"schema"`
	A      ModelRef `json:"a"`
	B      ModelRef `json:"b"`
	How    How      `json:"how"`
	Calls  int      `json:"calls"`  // in both
	OnlyA  int      `json:"only_a"` // calls that B lacks
	OnlyB  int      `json:"only_b"`
	// OnlyARight and OnlyBRight count the calls that one alone gets right at its
	// threshold.
	OnlyARight int          `json:"only_a_right"`
	OnlyBRight int          `json:"only_b_right"`
	Figures    []PairFigure `json:"figures"`
}

// PairFigure is one figure of both. Word says whether B is "better" or "worse",
// or "cannot tell" where the interval of the difference holds 0.
type PairFigure struct {
	Name       string   `json:"name"`
	A          Estimate `json:"a"`
	B          Estimate `json:"b"`
	Difference Estimate `json:"difference"`
	Word       string   `json:"word"`
}

// pairFigures are told of both, with whether more is better.
var pairFigures = []struct {
	name   string
	figure int
	more   bool
}{
	{"recall at 0.1 % false alarms", figRecall01, true}, {"recall at 1 % false alarms", figRecall1, true},
	{"recall at 5 % false alarms", figRecall5, true}, {"ROC-AUC", figAUC, true}, {"PR-AUC", figAP, true},
	{"precision", figPrecision, true}, {"recall", figRecall, true}, {"F1", figF1, true}, {"false alarms", figAlarms, false},
	{"Brier score", figBrier, false}, {"log loss", figLoss, false}, {"calibration error", figECE, false},
}

// Compare pairs the reports' predictions by source and ID of the calls; calls
// that share both are paired in their order. It refuses reports without a
// common call, or whose labels differ.
func Compare(a, b *Report, seed uint64, rounds int) (*Pairing, error) {
	p := &Pairing{Schema: PairSchema, A: a.Model, B: b.Model}
	as, bs, err := p.match(a.Calls, b.Calls)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(Check(as), Check(bs)); err != nil {
		return nil, err
	}
	for i := range as {
		switch right := as[i].Flagged == as[i].Scam; {
		case right && bs[i].Flagged != bs[i].Scam:
			p.OnlyARight++
		case !right && bs[i].Flagged == bs[i].Scam:
			p.OnlyBRight++
		}
	}
	s := newStudy(as)
	p.How = How{seed, rounds, s.groups}
	in := make([]int, len(as))
	for i := range in {
		in[i] = i
	}
	ca, cb := newCut("a", as, in, s), newCut("b", bs, in, s)
	s.run(rounds, seed)
	for _, f := range pairFigures {
		d := s.difference(cb.at+f.figure, ca.at+f.figure)
		w := word(d)
		if !f.more {
			w = map[string]string{"better": "worse", "worse": "better"}[w]
		}
		if w == "" {
			w = cannotTell
		}
		p.Figures = append(p.Figures, PairFigure{f.name, s.estimate(ca.at + f.figure), s.estimate(cb.at + f.figure), d, w})
	}
	return p, nil
}

type callKey struct {
	source, id string
	nth        int
}

func keys(ps []Prediction) []callKey {
	seen := map[callKey]int{}
	out := make([]callKey, len(ps))
	for i := range ps {
		k := callKey{ps[i].Source, ps[i].ID, 0}
		out[i] = callKey{k.source, k.id, seen[k]}
		seen[k]++
	}
	return out
}

// match returns the calls that both have, in the order of as.
func (p *Pairing) match(as, bs []Prediction) (a, b []Prediction, err error) {
	at := map[callKey]int{}
	for i, k := range keys(bs) {
		at[k] = i
	}
	for i, k := range keys(as) {
		j, ok := at[k]
		if !ok {
			p.OnlyA++
			continue
		}
		if as[i].Scam != bs[j].Scam {
			return nil, nil, fmt.Errorf("call %q has other labels in the two reports", as[i].ID)
		}
		a, b = append(a, as[i]), append(b, bs[j])
	}
	p.Calls, p.OnlyB = len(a), len(bs)-len(a)
	if len(a) == 0 {
		return nil, nil, errors.New("the reports have no call in common: want reports on the same calls")
	}
	return a, b, nil
}
