package evaluate

import (
	"fmt"
	"math"
)

// cut is some of the predictions, with what a bootstrap round needs of them.
type cut struct {
	name   string
	ps     []Prediction
	in     []int
	rank   *ranking
	groups []int32 // that have calls here
	sums   []sums  // of each of these
	line   line
	slopes []slopes // of each group, at the line
	at     int      // where the figures stand in the study
}

// sums of one group's calls.
type sums struct {
	scamFlagged, scamMissed, legitFlagged, legitPassed float64
	brier, loss                                        float64
}

func (s *sums) add(o *sums, w float64) {
	s.scamFlagged += float64(w * o.scamFlagged)
	s.scamMissed += float64(w * o.scamMissed)
	s.legitFlagged += float64(w * o.legitFlagged)
	s.legitPassed += float64(w * o.legitPassed)
	s.brier += float64(w * o.brier)
	s.loss += float64(w * o.loss)
}

// The figures of a cut, in order.
const (
	figRecall01 = iota
	figRecall1
	figRecall5
	figAUC
	figAP
	figPrecision
	figRecall
	figF1
	figAlarms
	figBrier
	figLoss
	figECE
	figSlope
	figIntercept
	figShare
	figBaseRates
	figures = figBaseRates + len(oneIn)
)

func newCut(name string, ps []Prediction, in []int, s *study) *cut {
	c := &cut{line: line{math.NaN(), math.NaN()}, name: name, ps: ps, in: in, rank: rank(ps, in, s.group, probability)}
	place := map[int32]int{}
	for _, i := range in {
		g := s.group[i]
		at, ok := place[g]
		if !ok {
			at = len(c.groups)
			place[g] = at
			c.groups = append(c.groups, g)
			c.sums = append(c.sums, sums{})
		}
		c.sums[at].count(&ps[i])
	}
	c.at = s.add(figures, c.figures)
	return c
}

// fitLine makes the calibration line one of the figures, which slices go
// without.
func (c *cut) fitLine(s *study) {
	c.line = c.rank.calibrationLine()
	if math.IsNaN(c.line.slope) {
		return
	}
	byGroup := make([]slopes, s.groups)
	for i, x := range c.rank.logits() {
		call := c.rank.calls[i]
		d := c.line.slopesOf(x, call.scam())
		byGroup[call.group()].add(&d, 1)
	}
	for _, g := range c.groups {
		c.slopes = append(c.slopes, byGroup[g])
	}
}

func (s *sums) count(p *Prediction) {
	switch {
	case p.Scam && p.Flagged:
		s.scamFlagged++
	case p.Scam:
		s.scamMissed++
	case p.Flagged:
		s.legitFlagged++
	default:
		s.legitPassed++
	}
	s.brier += float64(squared(p))
	s.loss += logLoss(p)
}

func (c *cut) total(weight []float64) sums {
	var all sums
	for k, g := range c.groups {
		if w := weight[g]; w != 0 {
			all.add(&c.sums[k], w)
		}
	}
	return all
}

func (c *cut) figures(weight, out []float64) {
	o := c.rank.figures(weight)
	out[figRecall01], out[figRecall1], out[figRecall5] = o.recall[0], o.recall[1], o.recall[2]
	out[figAUC], out[figAP] = o.auc, o.ap
	t := c.total(weight)
	scam, legit := t.scamFlagged+t.scamMissed, t.legitFlagged+t.legitPassed
	out[figPrecision] = t.scamFlagged / (t.scamFlagged + t.legitFlagged)
	out[figRecall] = t.scamFlagged / scam
	out[figF1] = 2 * t.scamFlagged / (2*t.scamFlagged + t.scamMissed + t.legitFlagged)
	out[figAlarms] = t.legitFlagged / legit
	out[figBrier], out[figLoss] = t.brier/(scam+legit), t.loss/(scam+legit)
	out[figECE] = o.ece
	// One step of Newton's method from the line of all calls: the usual
	// shortcut where fitting in every round would take too long.
	var d slopes
	for k := range c.slopes {
		if w := weight[c.groups[k]]; w != 0 {
			d.add(&c.slopes[k], w)
		}
	}
	l := c.line.step(&d)
	out[figSlope], out[figIntercept] = l.slope, l.intercept
	out[figShare] = scam / (scam + legit)
	for k, n := range oneIn {
		out[figBaseRates+k] = precisionAt(n, out[figRecall], out[figAlarms])
	}
}

// summary is called after the study has run.
func (c *cut) summary(s *study) (Summary, error) {
	here := make([]Prediction, len(c.in))
	for k, i := range c.in {
		here[k] = c.ps[i]
	}
	conf, err := Confuse(here)
	if err != nil {
		return Summary{}, err
	}
	figure := func(k int) Estimate { return s.estimate(c.at + k) }
	share := func(k, groups int) Estimate { return s.share(c.at+k, groups) }
	scams, legits, flagged := c.groupsWith()
	sum := Summary{Name: c.name, Groups: len(c.groups), Confusion: conf, ScamShare: share(figShare, len(c.groups)),
		Recall01: share(figRecall01, scams), Recall1: share(figRecall1, scams), Recall5: share(figRecall5, scams),
		AUC: figure(figAUC), AP: figure(figAP),
		Precision: share(figPrecision, flagged), Recall: share(figRecall, scams), F1: figure(figF1), Alarms: share(figAlarms, legits),
		Brier: figure(figBrier), LogLoss: figure(figLoss), ECE: figure(figECE), Slope: figure(figSlope), Intercept: figure(figIntercept)}
	sum.Scam, sum.Legit = Count(here)
	sum.Bounds = bounds(conf, scams, legits)
	return sum, nil
}

// groupsWith counts the groups with scam, legitimate and flagged calls.
func (c *cut) groupsWith() (scams, legits, flagged int) {
	for k := range c.sums {
		s := &c.sums[k]
		if s.scamFlagged+s.scamMissed > 0 {
			scams++
		}
		if s.legitFlagged+s.legitPassed > 0 {
			legits++
		}
		if s.scamFlagged+s.legitFlagged > 0 {
			flagged++
		}
	}
	return scams, legits, flagged
}

// bounds says what seeing none does not exclude.
func bounds(c Confusion, scamGroups, legitGroups int) []string {
	out := []string{}
	if legit := c.LegitFlagged + c.LegitPassed; legit > 0 && c.LegitFlagged == 0 {
		out = append(out, fmt.Sprintf("0 of %d legitimate calls flagged, in %d groups: the true rate may be up to %.2g %%", legit, legitGroups, 100*NoneOf(legitGroups)))
	}
	if scam := c.ScamFlagged + c.ScamMissed; scam > 0 && c.ScamMissed == 0 {
		out = append(out, fmt.Sprintf("0 of %d scam calls missed, in %d groups: up to %.2g %% may be missed in truth", scam, scamGroups, 100*NoneOf(scamGroups)))
	}
	return out
}
