package main

import (
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"callscam/classify/report"
	"callscam/features"
)

func newMeasure(c *console, load func() (*features.Catalog, error)) *cobra.Command {
	var wrong, redact bool
	cmd := &cobra.Command{
		Use:   "measure PATH...",
		Short: "Measure the evidence against calls annotated by hand, and the guess at who called",
		Long: `Compare the evidence with readers' notes: header lines such as
  # tactic: T10 turn=14 "share your screen"
in text transcripts, one for each place where the remote party means it. Then
hide who is who, and count how often what is said tells it.`,
		Args: needPaths,
		RunE: func(_ *cobra.Command, args []string) error {
			cat, err := load()
			if err != nil {
				return err
			}
			calls, failed, err := c.examples(args)
			if err != nil {
				return err
			}
			scores, misses, err := cat.CompareSpans(calls)
			if err != nil {
				return err
			}
			roles := cat.CompareRoles(calls)
			if scores[len(scores)-1].Notes == 0 && roles.Calls == 0 {
				return errors.New(`no call has stated roles or notes: want header lines "# tactic: T10 turn=14 \"share your screen\""`)
			}
			if scores[len(scores)-1].Notes > 0 {
				if err := c.tellSpans(scores); err != nil {
					return err
				}
			}
			if roles.Calls > 0 {
				fmt.Fprintf(c.out, "roles: with names and roles taken away, the remote party is found in %d of %d calls (%.1f %%)\n",
					roles.Right, roles.Calls, 100*float64(roles.Right)/float64(roles.Calls))
			}
			for _, m := range misses {
				if wrong {
					what := "wrong"
					if m.Missed {
						what = "missed"
					}
					if redact {
						m.Quote = report.Redact(m.Quote)
					}
					fmt.Fprintf(c.out, "%s: %s, turn %d: %s %q\n", what, report.Plain(m.Call), m.Turn, report.Plain(m.Tactic), report.Plain(m.Quote))
				}
			}
			return partial(len(calls), failed)
		},
	}
	redactFlag(cmd.Flags(), &redact)
	cmd.Flags().BoolVar(&wrong, "wrong", false, "list every wrong and missed piece of evidence")
	return cmd
}

func (c *console) tellSpans(scores []features.SpanScore) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "tactic\tnotes\tfound\tevidence\tright\tprecision\trecall\t\n")
	for _, s := range scores {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%.3f\t%.3f\t\n", report.Plain(s.Tactic), s.Notes, s.Found, s.Given, s.Right, s.Precision(), s.Recall())
	}
	return w.Flush()
}
