package report

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"callscam/classify/evaluate"
)

// Summaries writes the figures of an evaluation, one row a set of calls.
func Summaries(out io.Writer, title string, rows []evaluate.Summary) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%s\tscam\tlegit\tflagged\tfalse alarms\tprecision\trecall\tat 1 %%\t95 %% interval\tat 5 %%\tROC-AUC\tBrier\t\n", title)
	for _, s := range rows {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", Plain(name(s.Name)), s.Scam, s.Legit,
			s.Confusion.ScamFlagged+s.Confusion.LegitFlagged, alarms(s), figure(s.Precision), figure(s.Recall), figure(s.Recall1),
			interval(s.Interval1), figure(s.Recall5), figure(s.AUC), figure(s.Brier))
	}
	return w.Flush()
}

func name(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

func figure(f evaluate.Figure) string {
	if math.IsNaN(float64(f)) {
		return "-"
	}
	return fmt.Sprintf("%.3f", float64(f))
}

func interval(ci [2]evaluate.Figure) string {
	if math.IsNaN(float64(ci[0])) {
		return "-"
	}
	return fmt.Sprintf("%.2f–%.2f", float64(ci[0]), float64(ci[1]))
}

func alarms(s evaluate.Summary) string {
	if s.Legit == 0 {
		return "-"
	}
	return fmt.Sprintf("%d (%.1f %%)", s.Confusion.LegitFlagged, 100*float64(s.Alarms))
}

// Confusion writes a confusion matrix.
func Confusion(out io.Writer, c evaluate.Confusion) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\tflagged\tnot flagged\t\n")
	fmt.Fprintf(w, "scam\t%d\t%d\t\n", c.ScamFlagged, c.ScamMissed)
	fmt.Fprintf(w, "legit\t%d\t%d\t\n", c.LegitFlagged, c.LegitPassed)
	return w.Flush()
}
