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

// Trial is what came of a cross-validation: a prediction for every call by a
// model that saw nothing of its group, or source, and what to hold against it.
// All lists are in the order of Examples.
type Trial struct {
	Examples     []corpus.Example
	Predictions  []evaluate.Prediction
	Rivals       []evaluate.Rival
	Probes       []evaluate.ProbeScores
	Explanations []evaluate.Explanation
	Duplicates   *evaluate.Duplicates
	Warnings     []string
}

// Crossval tries the recipe. Each fold's calibration and threshold come from
// folds within its training calls, as they would for a model that is shipped.
func Crossval(examples []corpus.Example, cat *features.Catalog, cfg classify.Config, by LeaveOut, progress Progress) (*Trial, error) {
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
	set := see(examples, cat, cfg, true, progress)
	t := &Trial{Examples: examples, Predictions: make([]evaluate.Prediction, len(examples))}
	folds := slices.Max(fold) + 1
	for f := range folds {
		if err := set.tryFold(t, fold, f, cfg); err != nil {
			return nil, fmt.Errorf("fold %d of %d: %w", f+1, folds, err)
		}
		progress("cross-validate", f+1, folds)
	}
	if t.Rivals, err = set.rivals(fold, cfg.Seed, progress); err != nil {
		return nil, err
	}
	t.Rivals = slices.Insert(t.Rivals, 1, byTactics(t.Predictions))
	t.Probes, t.Warnings = ScoreProbes(examples, cat, cfg)
	t.Duplicates = acrossFolds(examples, fold)
	return t, nil
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

// tryFold learns from all folds but f, and predicts f.
func (s *trainingSet) tryFold(t *Trial, fold []int, f int, cfg classify.Config) error {
	in, held := split(fold, f)
	cl, err := s.only(in).learn(cfg)
	if err != nil {
		return err
	}
	calls := make([]corpus.Example, len(held))
	for k, i := range held {
		calls[k] = s.examples[i]
	}
	ps := Predict(cl, calls, func(int) {})
	for k, i := range held {
		t.Predictions[i] = ps[k]
	}
	t.Explanations = append(t.Explanations, TestExplanations(cl, calls, ps, cfg.Seed)...)
	return nil
}

// only returns the set of some of its calls.
func (s *trainingSet) only(in []int) *trainingSet {
	part := &trainingSet{cat: s.cat, vocab: s.vocab}
	for _, i := range in {
		part.examples = append(part.examples, s.examples[i])
		part.labels = append(part.labels, s.labels[i])
		part.seen = append(part.seen, s.seen[i])
	}
	return part
}

// learn returns the classifier of all calls of the set.
func (s *trainingSet) learn(cfg classify.Config) (*classify.Classifier, error) {
	m := &classify.Model{Config: cfg, Catalog: s.cat.Digest}
	fold, err := corpus.Folds(s.examples, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
	if err != nil {
		return nil, err
	}
	held, err := s.crossval(fold, cfg, func(string, int, int) {})
	if err != nil {
		return nil, err
	}
	m.Calibration = platt(held, s.labels)
	new(Report).choose(m, held, s)
	fitted, err := s.fit(s.all(), cfg)
	if err != nil {
		return nil, err
	}
	m.Bias, m.Weights = fitted.weights()
	return classify.New(m, "fold", s.cat)
}

func (s *trainingSet) prediction(i int, m *classify.Model, margin float64) evaluate.Prediction {
	e := &s.examples[i]
	p := m.Calibration.Probability(margin)
	return evaluate.Prediction{ID: e.ID, Scam: s.labels[i], Probability: p, Flagged: p >= m.Thresholds.Scam.Probability,
		Source: e.Source, Group: e.GroupKey(), Lang: e.Language(), Pretext: e.Pretext}
}
