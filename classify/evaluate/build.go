package evaluate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Input is what a report is made of. Rivals are other ways of predicting the
// same calls; Probes hold their held-out scores.
type Input struct {
	Title        string
	Model        ModelRef
	Predictions  []Prediction
	By           []string // slices, of SliceNames
	Seed         uint64
	Rounds       int
	Rivals       []Rival
	Probes       []ProbeScores
	Duplicates   *Duplicates
	Explanations []Explanation
	Warnings     []string
}

// Rival is another way's score for each call, from 0 to 1.
type Rival struct {
	Name   string
	Scores []float64
}

// maxWorst is the number of wrong calls that a report lists.
const maxWorst = 25

// Build returns the report. The same input gives the same report.
func Build(in Input) (*Report, error) {
	ps := in.Predictions
	if err := Check(ps); err != nil {
		return nil, err
	}
	r := &Report{Schema: Schema, Title: in.Title, Model: in.Model, Warnings: []string{}, Calls: ps, Duplicates: in.Duplicates,
		Slices: []Slicing{}, Baselines: []Comparison{}, Probes: []Probe{}}
	s := newStudy(ps)
	r.How = How{in.Seed, in.Rounds, s.groups}
	everything := make([]int, len(ps))
	for i := range ps {
		everything[i] = i
	}
	all := newCut("all", ps, everything, s)
	all.fitLine(s)
	alarms := newEarly(ps, s, all)
	var cuts [][]*cut
	for _, name := range in.By {
		if err := CheckSlice(name); err != nil {
			return nil, err
		}
		cuts = append(cuts, sliced(name, all, s))
	}
	rivals, err := newRivals(in.Rivals, ps, s)
	if err != nil {
		return nil, err
	}
	s.run(in.Rounds, in.Seed)

	if r.All, err = all.summary(s); err != nil {
		return nil, err
	}
	for k, name := range in.By {
		slicing := Slicing{By: name}
		for _, c := range cuts[k] {
			sum, err := c.summary(s)
			if err != nil {
				return nil, err
			}
			slicing.Rows = append(slicing.Rows, sum)
		}
		r.Slices = append(r.Slices, slicing)
	}
	r.BaseRates = all.baseRates(s)
	r.Early = alarms.told(s)
	for _, rv := range rivals {
		r.Baselines = append(r.Baselines, rv.told(all.at, s))
	}
	r.Curves = curves(all.rank)
	r.Worst = worst(ps)
	r.Explanations = explained(in.Explanations, in.Rounds, in.Seed)
	if r.Probes, err = probes(in.Probes, ps); err != nil {
		return nil, err
	}
	r.warn(in.Warnings)
	r.headline()
	return r, nil
}

// worst returns the wrong calls whose probability is farthest from the truth.
func worst(ps []Prediction) []WorstError {
	var wrong []int
	for i := range ps {
		if ps[i].Scam != ps[i].Flagged {
			wrong = append(wrong, i)
		}
	}
	off := func(i int) float64 { return math.Sqrt(squared(&ps[i])) }
	slices.SortStableFunc(wrong, func(a, b int) int { return cmp.Or(cmp.Compare(off(b), off(a)), cmp.Compare(a, b)) })
	out := []WorstError{}
	for _, i := range wrong[:min(len(wrong), maxWorst)] {
		p := &ps[i]
		out = append(out, WorstError{i, p.ID, p.Path, p.Scam, p.Probability, p.Reasons})
	}
	return out
}

// warn collects what else speaks against the figures.
func (r *Report) warn(given []string) {
	r.Warnings = append(r.Warnings, given...)
	say := func(format string, args ...any) { r.Warnings = append(r.Warnings, fmt.Sprintf(format, args...)) }
	a := &r.All
	if a.Scam == 0 || a.Legit == 0 {
		say("the calls have one label only: no figure that compares labels can be given")
		return
	}
	if a.AUC.Value == 1 {
		say("the classes separate perfectly: intervals at 1 say little, and harder calls are needed")
	}
	for _, rate := range []struct {
		share   float64
		percent string
	}{{0.001, "0.1"}, {0.01, "1"}} {
		if float64(a.Legit)*rate.share < 1 {
			say("%d legitimate calls are too few to measure %s %% false alarms: the recall there is that at none", a.Legit, rate.percent)
		}
	}
	if a.Groups < 30 {
		say("%d groups only: the intervals are too narrow", a.Groups)
	}
	if r.Duplicates != nil && r.Duplicates.Near > 0 {
		say("%s", r.Duplicates.Verdict)
	}
}

func (r *Report) headline() {
	best := -1
	for k := range r.Probes {
		if p := &r.Probes[k]; p.Explains && (best < 0 || p.AUC > r.Probes[best].AUC) {
			best = k
		}
	}
	switch a := &r.All; {
	case best >= 0:
		r.Doubtful = true
		r.Headline = "Do not believe this result: " + r.Probes[best].Verdict + "."
	case !a.Recall1.Value.Defined():
		r.Headline = "The calls have one label only: this report cannot say how well scams are told from other calls."
	default:
		r.Headline = fmt.Sprintf("At 1 %% false alarms, %.0f %% of the scam calls are found (95 %% interval %.0f to %.0f %%).",
			100*float64(a.Recall1.Value), 100*float64(a.Recall1.Low), 100*float64(a.Recall1.High))
	}
}

// Summarise returns the figures of the predictions without intervals.
func Summarise(name string, ps []Prediction) (Summary, error) {
	if err := Check(ps); err != nil {
		return Summary{}, err
	}
	s := newStudy(ps)
	in := make([]int, len(ps))
	for i := range in {
		in[i] = i
	}
	c := newCut(name, ps, in, s)
	s.run(0, 0)
	return c.summary(s)
}
