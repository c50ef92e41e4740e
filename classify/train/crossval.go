package train

import (
	"errors"
	"fmt"
	"slices"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// LeaveOut says what stays together on one side of a split.
type LeaveOut string

// Calls are left out by group (script or campaign) or by whole source.
const (
	LeaveGroup  LeaveOut = "group"
	LeaveSource LeaveOut = "source"
)

// Crossval returns a prediction for every call by a model that saw nothing of
// its group, or of its source. Each fold's calibration and threshold come from
// folds within its training calls, as they would for a model that is shipped.
func Crossval(examples []corpus.Example, cat *features.Catalog, cfg classify.Config, by LeaveOut, progress Progress) ([]evaluate.Prediction, error) {
	if err := CheckConfig(cfg); err != nil {
		return nil, err
	}
	if err := corpus.CheckLabelled(examples); err != nil {
		return nil, err
	}
	examples = slices.Clone(examples)
	corpus.Sort(examples)
	fold, err := outerFolds(examples, cfg, by)
	if err != nil {
		return nil, err
	}
	set := see(examples, cat, cfg, progress)
	ps := make([]evaluate.Prediction, len(examples))
	folds := slices.Max(fold) + 1
	for f := range folds {
		if err := set.predictFold(ps, fold, f, cfg); err != nil {
			return nil, err
		}
		progress("cross-validate", f+1, folds)
	}
	return ps, nil
}

func outerFolds(examples []corpus.Example, cfg classify.Config, by LeaveOut) ([]int, error) {
	if by == LeaveGroup {
		return corpus.Folds(examples, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
	}
	if by != LeaveSource {
		return nil, fmt.Errorf("unknown leave-out %q: want group or source", by)
	}
	numbers := map[string]int{}
	fold := make([]int, len(examples))
	for i := range examples {
		n, ok := numbers[examples[i].Source]
		if !ok {
			n = len(numbers)
			numbers[examples[i].Source] = n
		}
		fold[i] = n
	}
	if len(numbers) < 2 {
		return nil, errors.New("calls of one source only: leaving it out leaves nothing to learn from")
	}
	return fold, nil
}

// predictFold learns from all folds but f and predicts f.
func (s *trainingSet) predictFold(ps []evaluate.Prediction, fold []int, f int, cfg classify.Config) error {
	inner := &trainingSet{cat: s.cat, vocab: s.vocab}
	for i := range fold {
		if fold[i] != f {
			inner.examples = append(inner.examples, s.examples[i])
			inner.labels = append(inner.labels, s.labels[i])
			inner.seen = append(inner.seen, s.seen[i])
		}
	}
	m := &classify.Model{Config: cfg}
	innerFold, err := corpus.Folds(inner.examples, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
	if err != nil {
		return err
	}
	held, err := inner.crossval(innerFold, cfg, func(string, int, int) {})
	if err != nil {
		return err
	}
	m.Calibration = platt(held, inner.labels)
	new(Report).choose(m, held, inner)
	fitted, err := inner.fit(inner.all(), cfg)
	if err != nil {
		return err
	}
	for i := range fold {
		if fold[i] == f {
			ps[i] = s.prediction(i, m, fitted.margin(s.seen[i][0].sighting))
		}
	}
	return nil
}

func (s *trainingSet) prediction(i int, m *classify.Model, margin float64) evaluate.Prediction {
	e := &s.examples[i]
	p := m.Calibration.Probability(margin)
	return evaluate.Prediction{ID: e.ID, Scam: s.labels[i], Probability: p, Flagged: p >= m.Thresholds.Scam.Probability,
		Source: e.Source, Group: e.GroupKey(), Lang: e.Language(), Pretext: e.Pretext}
}
