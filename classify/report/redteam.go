package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"callscam/classify/redteam"
)

// Redteam writes what each edit does to the recall and, if asked, the calls
// that get away.
func Redteam(out io.Writer, r *redteam.Report, escapes bool) error {
	at := fmt.Sprintf("at the model's own threshold, %.3f (fewer than a hundred legitimate calls given)", r.Threshold)
	if r.AtOne {
		at = fmt.Sprintf("at 1 %% false alarms on %d legitimate calls (threshold %.3f)", r.Legit, r.Threshold)
	}
	fmt.Fprintf(out, "%d of %d scam calls flagged %s\n\n", r.Caught, r.Scam, at)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "edit\trecall\tchange\tlost\twon\twords changed\t\n")
	before := float64(r.Caught) / float64(r.Scam)
	for _, o := range r.Edits {
		after := float64(o.Caught) / float64(r.Scam)
		fmt.Fprintf(w, "%s\t%.3f\t%+.3f\t%d\t%d\t%.0f %%\t\n", o.Edit, after, after-before, o.Lost, o.Won, 100*o.Changed)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d of the %d flagged calls get away with some edit; the cheapest one is\n", len(r.Escapes), r.Caught)
	counts := map[string]int{}
	for _, e := range r.Escapes {
		counts[e.Edit]++
	}
	for _, o := range r.Edits {
		if n := counts[o.Edit]; n > 0 {
			fmt.Fprintf(out, "%6d  %s\n", n, o.Edit)
		}
	}
	if escapes {
		fmt.Fprintln(out)
		for _, e := range r.Escapes {
			fmt.Fprintf(out, "%s: %.3f to %.3f by %s (%.0f %% of words)\n", Plain(e.ID), e.Before, e.After, e.Edit, 100*e.Changed)
		}
	}
	return nil
}
