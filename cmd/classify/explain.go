package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"callscam/classify/report"
	"callscam/corpus/formats"
)

func newExplain(c *console) *cobra.Command {
	var model, call, format, html string
	var redact bool
	cmd := &cobra.Command{
		Use:   "explain PATH",
		Short: "Show one call turn by turn with its evidence, points and sum",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := formats.CheckName(format); err != nil {
				return err
			}
			cl, err := loadModel(model)
			if err != nil {
				return err
			}
			failed := 0
			for ex := range c.calls(args, format, &failed) {
				if call == "" || ex.ID == call {
					r, running := cl.NewScorer().ScoreTurns(&ex.Transcript)
					shown := &ex
					if redact {
						shown, r = report.Redacted(shown, r)
					}
					if err := report.Explain(c.out, &shown.Transcript, r, cl.Model); err != nil || html == "" {
						return err
					}
					return writeCallPage(html, &shown.Transcript, r, running, cl)
				}
			}
			if call != "" {
				return failure{statusPartial, fmt.Errorf("no call %q in %s", call, args[0])}
			}
			return partial(0, failed)
		},
	}
	redactFlag(cmd.Flags(), &redact)
	cmd.Flags().StringVar(&model, "model", "", "model file (default: the embedded model)")
	cmd.Flags().StringVar(&call, "call", "", "ID of the call (default: the first)")
	outputFlag(cmd.Flags(), &html, "html", "", "", "write the call to this file too, as a page with its evidence marked in place")
	cmd.Flags().StringVar(&format, "format", "auto", "how the input is written: auto or a format's name")
	return cmd
}
