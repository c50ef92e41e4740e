package main

import (
	"fmt"
	"math"

	"github.com/spf13/cobra"

	"callscam/classify/evaluate"
	"callscam/classify/train"
)

func newCrossval(c *console) *cobra.Command {
	cfg := train.DefaultConfig()
	var by string
	var t telling
	cmd := &cobra.Command{
		Use:   "crossval PATH...",
		Short: "Measure the recipe: train on some labelled transcripts, predict the others",
		Long: `Predict every labelled call with a model that saw nothing of its group, or, with
--leave-out source, of its whole source, which is the honest test of how a model
does on calls from elsewhere. Simpler ways of predicting stand beside ours: the
more frequent label, the number of tactics, golearn's naive Bayes and decision
tree, and a plain bag of words.`,
		Args: needPaths,
		RunE: func(_ *cobra.Command, args []string) error {
			if by != string(train.LeaveGroup) && by != string(train.LeaveSource) {
				return fmt.Errorf("unknown leave-out %q: want group or source", by)
			}
			if err := train.CheckConfig(cfg); err != nil {
				return err
			}
			if err := t.check(); err != nil {
				return err
			}
			cat, examples, failed, err := c.lessons(args)
			if err != nil {
				return err
			}
			steps := c.steps()
			trial, err := train.Crossval(examples, cat, cfg, train.LeaveOut(by), steps.tell)
			steps.finish()
			if err != nil {
				return err
			}
			in := evaluate.Input{Title: "cross-validation by " + by, By: t.by, Seed: cfg.Seed, Rounds: t.rounds,
				Model:       evaluate.ModelRef{Name: "models of the other folds", Threshold: evaluate.Figure(math.NaN())},
				Predictions: trial.Predictions, Rivals: trial.Rivals, Probes: trial.Probes,
				Explanations: trial.Explanations, Duplicates: trial.Duplicates, Warnings: trial.Warnings}
			if err := c.tellReport(in, trial.Examples, &t); err != nil {
				return err
			}
			return partial(len(trial.Examples), failed)
		},
	}
	cmd.Flags().StringVar(&by, "leave-out", "group", "what stays together on one side of a split: group or source")
	t.flags(cmd)
	recipeFlags(cmd, &cfg)
	return cmd
}
