package classify

import (
	"callscam/corpus"
	"callscam/features"
)

// Schema names the form of a result.
const Schema = "callscam.result/1"

// Verdict is what a probability amounts to under the model's thresholds.
type Verdict string

// The verdicts.
const (
	Scam   Verdict = "scam"
	Unsure Verdict = "unsure"
	Legit  Verdict = "legit"
)

// Result is one call's verdict with its reasons. Turns count from 1, offsets
// are bytes of the turn's text. Bias plus the contributions' points are the
// margin.
type Result struct {
	Schema        string         `json:"schema"`
	ID            string         `json:"id"`
	Path          string         `json:"path"`
	Lang          string         `json:"lang"`
	Verdict       Verdict        `json:"verdict"`
	Probability   float64        `json:"probability"`
	Margin        float64        `json:"margin"`
	Bias          float64        `json:"bias"`
	Turns         int            `json:"turns"`
	AlarmTurn     *int           `json:"alarm_turn"`
	Stage         string         `json:"stage"`
	Evidence      []Evidence     `json:"evidence"`
	Contributions []Contribution `json:"contributions"`
	Model         ModelRef       `json:"model"`
	Warnings      []string       `json:"warnings"`
}

// Evidence is one place where a tactic shows, with its share of the points of
// that tactic's features.
type Evidence struct {
	Tactic   string  `json:"tactic"`
	Polarity string  `json:"polarity"`
	Turn     int     `json:"turn"`
	Role     string  `json:"role"`
	Start    int     `json:"start"`
	End      int     `json:"end"`
	Quote    string  `json:"quote"`
	Points   float64 `json:"points"`
}

// Contribution is one feature's share of the margin.
type Contribution struct {
	Feature string  `json:"feature"`
	Points  float64 `json:"points"`
}

// ModelRef names the model that decided.
type ModelRef struct {
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// Scorer scores calls one after another. It is not safe for concurrent use:
// every worker has its own.
type Scorer struct {
	c        *Classifier
	analyzer *features.Analyzer
}

// NewScorer returns a scorer for the classifier.
func (c *Classifier) NewScorer() *Scorer {
	return &Scorer{c, features.NewAnalyzer(c.vectorizer.Catalog())}
}

// shortCall is the number of words below which a verdict rests on little.
const shortCall = 12

// Score returns the call's result.
func (s *Scorer) Score(t *corpus.Transcript) *Result {
	c := s.c
	d := s.analyzer.Read(t)
	row := c.vectorizer.Vector(d)
	r := &Result{
		Schema: Schema, ID: t.ID, Path: t.Path, Lang: t.Language(), Bias: c.Model.Bias, Turns: len(t.Turns),
		Evidence: []Evidence{}, Contributions: []Contribution{}, Warnings: []string{},
		Model: ModelRef{c.Name, c.Model.Digest()},
	}
	r.Margin = c.Model.Bias
	names := c.vectorizer.Features()
	for i, col := range row.Index {
		points := c.weights[col] * row.Value[i]
		if points == 0 {
			continue
		}
		r.Margin += points
		r.Contributions = append(r.Contributions, Contribution{names[col].Name, points})
	}
	sortContributions(r.Contributions)
	r.Probability = c.Model.Calibration.Probability(r.Margin)
	r.Verdict = c.verdict(r.Probability)
	r.AlarmTurn = c.alarm(d)
	r.Stage = furthestStage(c.Catalog(), d).String()
	r.Evidence = append(r.Evidence, c.evidence(d, row)...)
	r.Warnings = append(append(r.Warnings, t.Warnings...), d.Warnings...)
	if words := countWords(d); words < shortCall {
		r.Warnings = append(r.Warnings, "very short: the verdict rests on few words")
	}
	return r
}

func countWords(d *features.Document) int {
	n := 0
	for _, w := range d.Words {
		n += len(w)
	}
	return n
}

func (c *Classifier) verdict(p float64) Verdict {
	switch {
	case p >= c.Model.Thresholds.Scam.Probability:
		return Scam
	case p >= c.Model.Thresholds.Unsure.Probability:
		return Unsure
	}
	return Legit
}

// Running returns the probability after each turn.
func (c *Classifier) Running(d *features.Document) []float64 {
	p := c.vectorizer.Running(d, c.weights, c.Model.Bias)
	for i := range p {
		p[i] = c.Model.Calibration.Probability(p[i])
	}
	return p
}

func (c *Classifier) alarm(d *features.Document) *int {
	for i, p := range c.Running(d) {
		if p >= c.Model.Thresholds.Scam.Probability {
			turn := i + 1
			return &turn
		}
	}
	return nil
}
