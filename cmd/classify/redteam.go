package main

import (
	"encoding/json"
	"runtime"

	"github.com/spf13/cobra"

	"callscam/classify/redteam"
	"callscam/classify/report"
	"callscam/corpus"
)

func newRedteam(c *console) *cobra.Command {
	var model, jsonTo string
	var seed uint64
	var escapes bool
	cmd := &cobra.Command{
		Use:   "redteam PATH...",
		Short: "Disguise scam calls as a caller might, and see how many still show",
		Long: `Make edits to the scam calls that leave what they ask for as it is: padding with
small talk, protective phrases, politeness, other words, recogniser noise,
homophones, split words, hidden or swapped roles, cuts. For each edit, tell what
is left of the recall; for each call that gets away, the edit that changes the
fewest words. The threshold is the one that 1 % of the legitimate calls given
reach, or the model's own where fewer than a hundred are given.`,
		Example: "  classify redteam corpus/",
		Args:    needPaths,
		RunE: func(_ *cobra.Command, args []string) error {
			cl, err := loadModel(model)
			if err != nil {
				return err
			}
			calls, failed, err := c.examples(args)
			if err != nil {
				return err
			}
			if err := corpus.CheckLabelled(calls); err != nil {
				return err
			}
			bar := c.progress("redteam", len(calls))
			r, err := redteam.Run(calls, func() redteam.Score {
				s := cl.NewScorer()
				return func(t *corpus.Transcript) float64 { return s.Score(t).Probability }
			}, cl.Model.Thresholds.Scam.Probability, seed, runtime.GOMAXPROCS(0), func() { bar.add(1) })
			bar.finish()
			if err != nil {
				return err
			}
			if err := report.Redteam(c.out, r, escapes); err != nil {
				return err
			}
			if jsonTo != "" {
				data, err := json.MarshalIndent(r, "", " ")
				if err != nil {
					return err
				}
				if err := writeFile(jsonTo, append(data, '\n')); err != nil {
					return err
				}
			}
			return partial(len(calls), failed)
		},
	}
	cmd.Flags().StringVar(&model, "model", "", "model file (default: the embedded model)")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "seed of the edits")
	cmd.Flags().BoolVar(&escapes, "escapes", false, "list every call that gets away, with its cheapest edit")
	outputFlag(cmd.Flags(), &jsonTo, "json", "", "", "write the findings to this file too")
	return cmd
}
