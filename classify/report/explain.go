package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"callscam/classify"
	"callscam/corpus"
)

// Explain writes the call turn by turn with its evidence marked, each piece's
// points below its turn, and the sum that makes the margin.
func Explain(out io.Writer, t *corpus.Transcript, r *classify.Result, m *classify.Model) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "%s: %s, probability %.3f", Plain(r.ID), r.Verdict, r.Probability)
	if r.AlarmTurn != nil {
		fmt.Fprintf(w, ", alarm at turn %d of %d", *r.AlarmTurn, r.Turns)
	}
	if r.Stage != "none" {
		fmt.Fprintf(w, ", stage reached: %s", r.Stage)
	}
	fmt.Fprintf(w, "\n\n")
	for i := range t.Turns {
		explainTurn(w, t, r, i)
	}
	explainSum(w, r, m)
	for _, warning := range r.Warnings {
		fmt.Fprintf(w, "Warning: %s\n", Plain(warning))
	}
	return w.Flush()
}

func explainTurn(w io.Writer, t *corpus.Transcript, r *classify.Result, i int) {
	var here []classify.Evidence
	for _, e := range r.Evidence {
		if e.Turn == i+1 {
			here = append(here, e)
		}
	}
	speaker := Plain(t.Turns[i].Speaker)
	if speaker == "" {
		speaker = "-"
	}
	fmt.Fprintf(w, "%4d  %s: %s\n", i+1, speaker, Plain(marked(t.Turns[i].Text, here)))
	for _, e := range here {
		note := ""
		if e.Polarity != "asserted" {
			note = " (" + e.Polarity + ")"
		}
		fmt.Fprintf(w, "      %+8.3f  %s%s: “%s”\n", e.Points, Words(e.Tactic), note, Plain(e.Quote))
	}
}

// marked puts brackets around every stretch of the text that is evidence;
// overlapping pieces share a pair.
func marked(text string, evidence []classify.Evidence) string {
	spans := make([]corpus.Span, len(evidence))
	for i, e := range evidence {
		spans[i] = corpus.Span{Start: e.Start, End: e.End}
	}
	slices.SortFunc(spans, func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	at := 0
	for i := 0; i < len(spans); {
		start, end := spans[i].Start, spans[i].End
		for i++; i < len(spans) && spans[i].Start < end; i++ {
			end = max(end, spans[i].End)
		}
		b.WriteString(text[at:start] + "[" + text[start:end] + "]")
		at = end
	}
	return b.String() + text[at:]
}

// explainSum lists what makes the margin. Small shares are put together, so
// that the list ends and still adds up.
func explainSum(w io.Writer, r *classify.Result, m *classify.Model) {
	const most = 24
	fmt.Fprintf(w, "\nPoints\n")
	fmt.Fprintf(w, "  %+8.3f  bias (every call starts here)\n", r.Bias)
	rest, small := 0.0, 0
	for i, c := range r.Contributions {
		if i >= most {
			rest += c.Points
			small++
			continue
		}
		fmt.Fprintf(w, "  %+8.3f  %s\n", c.Points, Plain(Words(c.Feature)))
	}
	if small > 0 {
		fmt.Fprintf(w, "  %+8.3f  %d smaller features\n", rest, small)
	}
	fmt.Fprintf(w, "  %+8.3f  margin\n\n", r.Margin)
	fmt.Fprintf(w, "Probability = 1 / (1 + exp(-(%.4f × margin %+.4f))) = %.3f; scam from %.4f, unsure from %.4f.\n",
		m.Calibration.Slope, m.Calibration.Intercept, r.Probability, m.Thresholds.Scam.Probability, m.Thresholds.Unsure.Probability)
}
