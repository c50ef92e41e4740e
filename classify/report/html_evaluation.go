package report

import (
	"io"
	"math"

	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// evaluationPage is what the template of a report tells.
type evaluationPage struct {
	*evaluate.Report
	Command   string
	Ranking   []*chart
	Certainty []*chart
	EarlyOnes []*chart
	Rivals    []rivalRow
	Wrong     []wrongPage
	Flagged   string // what the threshold is
}

// rivalRow is another way of predicting, with its difference drawn.
type rivalRow struct {
	evaluate.Comparison
	AUCStrip, RecallStrip *strip
}

// wrongPage is a wrong call with its marked transcript.
type wrongPage struct {
	evaluate.WorstError
	Source, Pretext string
	transcript
}

// EvaluationHTML writes the report as one file that needs no other. The
// examples are those behind Report.Calls, in their order; their words are
// marked with what the catalog finds in them, and, with redact, masked as Redact
// does. Command is what made the report.
func EvaluationHTML(out io.Writer, r *evaluate.Report, examples []corpus.Example, c *features.Catalog, command string, redact bool) error {
	shown := asSaid
	if redact {
		shown = Redact
	}
	p := &evaluationPage{Report: r, Command: command, Flagged: threshold(r),
		Ranking: drawn(rocChart(r), prChart(r)), Certainty: drawn(reliabilityChart(r), histogramChart(r)), EarlyOnes: drawn(earlyChart(r)),
		Rivals: rivalRows(r.Baselines)}
	analyzer := features.NewAnalyzer(c)
	for _, w := range r.Worst {
		d := analyzer.Read(&examples[w.Call].Transcript)
		p.Wrong = append(p.Wrong, wrongPage{w, r.Calls[w.Call].Source, r.Calls[w.Call].Pretext, transcriptOf(d, unweighed(d, c), shown)})
	}
	return writePage(out, "evaluation", p)
}

// drawn leaves out what could not be drawn.
func drawn(charts ...*chart) []*chart {
	var out []*chart
	for _, c := range charts {
		if c != nil {
			out = append(out, c)
		}
	}
	return out
}

func rivalRows(cs []evaluate.Comparison) []rivalRow {
	auc, recall := 0.01, 0.01
	for _, c := range cs {
		auc, recall = widest(auc, c.AUCGain), widest(recall, c.Recall1Gain)
	}
	var out []rivalRow
	for _, c := range cs {
		out = append(out, rivalRow{c, newStrip(-auc, auc, true, stripFigure{"model", c.AUCGain}), newStrip(-recall, recall, true, stripFigure{"model", c.Recall1Gain})})
	}
	return out
}

func widest(sofar float64, e evaluate.Estimate) float64 {
	if !e.Value.Defined() {
		return sofar
	}
	return max(sofar, math.Abs(float64(e.Low)), math.Abs(float64(e.High)))
}

// Mistake returns what was wrong.
func (w *wrongPage) Mistake() string {
	if w.Scam {
		return "missed scam"
	}
	return "false alarm"
}
