package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"callscam/classify/train"
)

func newCrossval(c *console) *cobra.Command {
	cfg := train.DefaultConfig()
	var by, jsonTo string
	cmd := &cobra.Command{
		Use:   "crossval PATH...",
		Short: "Measure the recipe: train on some labelled transcripts, predict the others",
		Long: `Predict every labelled call with a model that saw nothing of its group, or, with
--leave-out source, of its whole source, which is the honest test of how a model
does on calls from elsewhere.`,
		Args: needPaths,
		RunE: func(_ *cobra.Command, args []string) error {
			if by != string(train.LeaveGroup) && by != string(train.LeaveSource) {
				return fmt.Errorf("unknown leave-out %q: want group or source", by)
			}
			if err := train.CheckConfig(cfg); err != nil {
				return err
			}
			cat, examples, failed, err := c.lessons(args)
			if err != nil {
				return err
			}
			steps := c.steps()
			ps, err := train.Crossval(examples, cat, cfg, train.LeaveOut(by), steps.tell)
			steps.finish()
			if err != nil {
				return err
			}
			if err := c.tellEvaluation(ps, cfg.Seed, "cross-validation by "+by, jsonTo, []string{"source", "lang"}); err != nil {
				return err
			}
			return partial(len(ps), failed)
		},
	}
	cmd.Flags().StringVar(&by, "leave-out", "group", "what stays together on one side of a split: group or source")
	outputFlag(cmd.Flags(), &jsonTo, "json", "", "", "write the figures to this file too")
	recipeFlags(cmd, &cfg)
	return cmd
}
