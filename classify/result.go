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
	weighers map[*voice]*features.Weigher
	tally    *tally
}

// NewScorer returns a scorer for the classifier.
func (c *Classifier) NewScorer() *Scorer {
	return &Scorer{c, features.NewAnalyzer(c.vectorizer.Catalog()), map[*voice]*features.Weigher{}, newTally(c)}
}

// shortCall is the number of words below which a verdict rests on little.
const shortCall = 12

// Score returns the call's result.
func (s *Scorer) Score(t *corpus.Transcript) *Result {
	r, _ := s.score(t)
	return r
}

// ScoreTurns returns the call's result and, for each turn, the probability of
// the call cut off after it.
func (s *Scorer) ScoreTurns(t *corpus.Transcript) (r *Result, running []float64) {
	r, margins := s.score(t)
	running = make([]float64, len(margins))
	for i, m := range margins {
		running[i] = s.c.Model.Calibration.Probability(m)
	}
	return r, running
}

// score returns the result, and the margins after each turn, which are valid
// until the next call.
func (s *Scorer) score(t *corpus.Transcript) (*Result, []float64) {
	c := s.c
	d := s.analyzer.Read(t)
	langs := t.Languages()
	lang := lastLanguage(t, langs)
	v := c.voice(lang)
	row, margins := s.weigh(d, v)
	s.mixed(d, langs, v, margins)
	r := &Result{
		Schema: Schema, ID: t.ID, Path: t.Path, Lang: lang, Bias: v.bias, Turns: len(t.Turns),
		Model: ModelRef{c.Name, c.Model.Digest()},
	}
	r.Contributions, r.Margin = s.tally.contributions(v, row)
	r.Probability = c.Model.Calibration.Probability(r.Margin)
	r.Verdict = c.verdict(r.Probability)
	r.AlarmTurn = c.alarm(margins)
	r.Stage = furthestStage(c.Catalog(), d).String()
	r.Evidence = s.tally.evidence(d, row)
	r.Warnings = append(append([]string{}, t.Warnings...), d.Warnings...)
	if words := countWords(d); words < shortCall {
		r.Warnings = append(r.Warnings, "very short: the verdict rests on few words")
	}
	return r, margins
}

// lastLanguage returns the whole call's language, given that after each turn.
func lastLanguage(t *corpus.Transcript, langs []string) string {
	if len(langs) == 0 {
		return t.Language()
	}
	return langs[len(langs)-1]
}

func (s *Scorer) weigh(d *features.Document, v *voice) (features.Vector, []float64) {
	w := s.weighers[v]
	if w == nil {
		w = s.c.vectorizer.NewWeigher(v.weights, v.bias)
		s.weighers[v] = w
	}
	return w.Weigh(d)
}

// mixed mends the margins after those turns up to which the call looks like
// one of another language: langs says which, turn by turn.
func (s *Scorer) mixed(d *features.Document, langs []string, whole *voice, margins []float64) {
	done := map[*voice]bool{whole: true}
	for _, lang := range langs {
		v := s.c.voice(lang)
		if done[v] {
			continue
		}
		done[v] = true
		_, others := s.weigh(d, v)
		for k := range margins {
			if s.c.voice(langs[k]) == v {
				margins[k] = others[k]
			}
		}
	}
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

// alarm returns the first turn after which the call is flagged, given the
// margin after each.
func (c *Classifier) alarm(margins []float64) *int {
	for i, m := range margins {
		if c.Model.Calibration.Probability(m) >= c.Model.Thresholds.Scam.Probability {
			turn := i + 1
			return &turn
		}
	}
	return nil
}
