package report

import (
	"fmt"
	"io"

	"callscam/classify"
	"callscam/features"
)

// Explained is one call with all that was made of it. Running is the
// probability after each turn.
type Explained struct {
	Document *features.Document
	Result   *classify.Result
	Model    *classify.Model
	Catalog  *features.Catalog
	Running  []float64
}

// explainPage is what the template of a call tells.
type explainPage struct {
	*classify.Result
	Headline string
	Chart    *chart
	Shares   []share
	Sum      int
	Rest     int // features that the last share puts together
	Formula  string
	Call     transcript
	Evident  int
}

// ExplainHTML writes the call as one file that needs no other.
func ExplainHTML(out io.Writer, e *Explained) error {
	r, m := e.Result, e.Model
	p := &explainPage{Result: r, Headline: verdictSentence(r), Chart: runningChart(e.Running, r, m.Thresholds),
		Call: transcriptOf(e.Document, weighed(r, e.Catalog), asSaid), Evident: len(r.Evidence)}
	p.Shares, p.Sum, p.Rest = shares(r)
	p.Formula = trueMinus(fmt.Sprintf("1 / (1 + exp(-(%.4f × margin %+.4f)))", m.Calibration.Slope, m.Calibration.Intercept))
	for i := range p.Call.Turns {
		t := &p.Call.Turns[i]
		if i < len(e.Running) {
			t.Running = fmt.Sprintf("%.3f", e.Running[i])
		}
		t.Alarm = r.AlarmTurn != nil && *r.AlarmTurn == t.Number
	}
	return writePage(out, "explain", p)
}

func verdictSentence(r *classify.Result) string {
	how := fmt.Sprintf("probability %.3f", r.Probability)
	switch {
	case r.AlarmTurn != nil && r.Verdict == classify.Scam:
		return fmt.Sprintf("Flagged as a scam: %s, alarm at turn %d of %d", how, *r.AlarmTurn, r.Turns)
	case r.AlarmTurn != nil:
		return fmt.Sprintf("%s: %s, though an alarm would have come at turn %d of %d", verdictWords(r.Verdict), how, *r.AlarmTurn, r.Turns)
	}
	return verdictWords(r.Verdict) + ": " + how
}

func verdictWords(v classify.Verdict) string {
	switch v {
	case classify.Scam:
		return "Flagged as a scam"
	case classify.Unsure:
		return "Unsure"
	}
	return "Not flagged"
}
