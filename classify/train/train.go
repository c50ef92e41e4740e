// Package train learns a model from labelled calls: grouped folds, a
// penalised logistic regression in each, calibration and thresholds from
// held-out margins only, then one fit on everything. It refuses to read files
// or write them.
package train

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// minGroups is the number of scripts in which a term must occur to be learned
// from: what one campaign happens to say tells nothing about the next.
const minGroups = 3

const maxTerms = 100_000

// DefaultConfig returns the settings of the shipped model. It learns from
// tactics alone: which words a collection happens to use raised its own
// held-out figures a little and did nothing for calls from elsewhere.
func DefaultConfig() classify.Config {
	return classify.Config{
		MaxFPR: 0.01, Folds: 5, Seed: 1, Terms: 0,
		Penalty: classify.Penalty{Tactic: 0.001, Protective: 0.1, Script: 0.04, Shape: 0.05, Length: 10, Term: 0.02, Language: 0.3},
	}
}

// CheckConfig refuses settings that make no sense.
func CheckConfig(c classify.Config) error {
	switch {
	case !(c.MaxFPR > 0 && c.MaxFPR < 1):
		return fmt.Errorf("max-fpr %v: want a share between 0 and 1, as 0.01", c.MaxFPR)
	case c.Terms < 0 || c.Terms > maxTerms:
		return fmt.Errorf("terms %d: want 0 to %d", c.Terms, maxTerms)
	case c.Folds < 2 || c.Folds > 50:
		return fmt.Errorf("folds %d: want 2 to 50", c.Folds)
	}
	return nil
}

// Report is what training found out about its own recipe on held-out calls.
type Report struct {
	Calls     []evaluate.Prediction // held-out, in the order of the examples
	Summary   evaluate.Summary
	BySource  map[string]classify.Tally
	Separable bool
	Terms     int
	ScamAt    float64
	UnsureAt  float64
}

// Progress is told how much of the work is done. It may be called from one
// goroutine at a time only.
type Progress func(step string, done, total int)

// Train learns a model. The examples are put into an order of their own, so
// the same calls in any order give the same model to the last byte.
func Train(examples []corpus.Example, cat *features.Catalog, cfg classify.Config, progress Progress) (*classify.Model, *Report, error) {
	if err := CheckConfig(cfg); err != nil {
		return nil, nil, err
	}
	if len(examples) == 0 {
		return nil, nil, errors.New("no calls to train on")
	}
	if err := corpus.CheckLabelled(examples); err != nil {
		return nil, nil, err
	}
	examples = slices.Clone(examples)
	corpus.Sort(examples)
	set := see(examples, cat, cfg, cfg.Terms > 0, progress)
	fold, err := corpus.Folds(set.examples, cfg.Folds, cfg.Seed, (*corpus.Example).GroupKey)
	if err != nil {
		return nil, nil, err
	}
	held, err := set.crossval(fold, cfg, progress)
	if err != nil {
		return nil, nil, err
	}
	m := &classify.Model{Catalog: cat.Digest, Corpus: corpus.Digest(examples), Config: cfg, Calls: tally(examples)}
	m.Calibration = platt(held, set.labels)
	report := &Report{BySource: m.Calls}
	report.choose(m, held, set)
	fitted, err := set.fit(set.all(), cfg)
	if err != nil {
		return nil, nil, err
	}
	progress("fit", 1, 1)
	fitted.put(m)
	report.Terms = len(fitted.terms)
	if err := report.finish(m, set, held, cfg); err != nil {
		return nil, nil, err
	}
	return m, report, nil
}

func tally(examples []corpus.Example) map[string]classify.Tally {
	counts := map[string]classify.Tally{}
	for i := range examples {
		e := &examples[i]
		key := e.Language()
		if e.Source != "" {
			key = e.Source + " " + key
		}
		c := counts[key]
		if e.Label == corpus.Scam {
			c.Scam++
		} else {
			c.Legit++
		}
		counts[key] = c
	}
	return counts
}

// choose sets the thresholds from held-out calls, and notes whether they mean
// what they say.
func (r *Report) choose(m *classify.Model, held []float64, set *trainingSet) {
	var legit []float64
	lowestScam := math.Inf(1)
	for i, margin := range held {
		p := m.Calibration.Probability(margin)
		if set.labels[i] {
			lowestScam = math.Min(lowestScam, p)
		} else {
			legit = append(legit, p)
		}
	}
	slices.Sort(legit)
	r.Separable = legit[len(legit)-1] < lowestScam
	scam := thresholdAt(legit, m.Config.MaxFPR)
	unsure := math.Min(scam, thresholdAt(legit, math.Min(1, unsureFactor*m.Config.MaxFPR)))
	if r.Separable {
		// Any threshold between the classes has no false alarm here; one
		// inside the legitimate cloud would only look like a choice.
		scam = (legit[len(legit)-1] + lowestScam) / 2
		unsure = legit[len(legit)-1]
	}
	m.Thresholds = classify.Thresholds{
		Scam:   classify.Threshold{Probability: roundUp(scam), FalseAlarmRate: m.Config.MaxFPR},
		Unsure: classify.Threshold{Probability: roundUp(unsure), FalseAlarmRate: math.Min(1, unsureFactor*m.Config.MaxFPR)},
	}
	m.Thresholds.Unsure.Probability = math.Min(m.Thresholds.Unsure.Probability, m.Thresholds.Scam.Probability)
}

// unsureFactor is how many times more false alarms than for "scam" the
// verdict "unsure" may give.
const unsureFactor = 2

// thresholdAt returns the lowest probability that at most the share fpr of the
// ascending legitimate ones reaches.
func thresholdAt(legit []float64, fpr float64) float64 {
	allowed := int(fpr * float64(len(legit)))
	if allowed >= len(legit) {
		return legit[0]
	}
	return math.Nextafter(legit[len(legit)-1-allowed], 2)
}

func roundUp(p float64) float64 { return math.Min(1, math.Ceil(p*1e4)/1e4) }

func (r *Report) finish(m *classify.Model, set *trainingSet, held []float64, cfg classify.Config) error {
	for i := range set.examples {
		r.Calls = append(r.Calls, set.prediction(i, m, held[i]))
	}
	var err error
	if r.Summary, err = evaluate.Summarise("held out by group", r.Calls); err != nil {
		return err
	}
	ci := evaluate.RecallInterval(r.Calls, cfg.MaxFPR, cfg.Seed)
	m.Crossval = classify.Crossval{Scam: r.Summary.Scam, Legit: r.Summary.Legit, AUC: round(float64(r.Summary.AUC.Value), 4),
		Recall: round(evaluate.RecallAt(r.Calls, cfg.MaxFPR), 4), Interval: [2]float64{round(ci[0], 4), round(ci[1], 4)},
		FalseAlarm: round(float64(r.Summary.Alarms.Value), 4)}
	r.ScamAt, r.UnsureAt = m.Thresholds.Scam.Probability, m.Thresholds.Unsure.Probability
	if r.Separable {
		m.Crossval.Note = "the classes separate perfectly in cross-validation: the threshold says little, harder legitimate calls are needed"
	} else if float64(r.Summary.Legit)*cfg.MaxFPR < 1 {
		m.Crossval.Note = fmt.Sprintf("%d legitimate calls are too few to measure a false-alarm rate of %g", r.Summary.Legit, cfg.MaxFPR)
	}
	return nil
}

func round(x float64, digits int) float64 {
	p := math.Pow10(digits)
	return math.Round(x*p) / p
}

// crossval returns every call's margin under a model that saw no call of its
// fold. Folds are numbered from 0.
func (s *trainingSet) crossval(fold []int, cfg classify.Config, progress Progress) ([]float64, error) {
	held := make([]float64, len(s.examples))
	folds := slices.Max(fold) + 1
	errs := make([]error, folds)
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for f := range folds {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			var in []int
			for i := range fold {
				if fold[i] != f {
					in = append(in, i)
				}
			}
			fitted, err := s.fit(in, cfg)
			if err != nil {
				errs[f] = err
				return
			}
			for i := range fold {
				if fold[i] == f {
					held[i] = fitted.margin(s.seen[i][0])
				}
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			progress("cross-validate", done, folds)
		})
	}
	wg.Wait()
	return held, errors.Join(errs...)
}
