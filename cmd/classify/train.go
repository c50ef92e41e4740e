package main

import (
	"fmt"
	"sort"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"callscam/classify"
	"callscam/classify/report"
	"callscam/classify/train"
)

func newTrain(c *console) *cobra.Command {
	cfg := train.DefaultConfig()
	var to string
	cmd := &cobra.Command{
		Use:   "train PATH...",
		Short: "Learn a model from labelled transcripts",
		Long: `Learn a model from labelled calls: folders named scam and legit, or a label in
each call. Calls of one group (one script or campaign) never stand on both
sides of a split; name groups in the header "# group:" or the field "group".
The same calls in any order give the same model to the last byte.`,
		Example: "  classify train corpus/ -o model.json",
		Args:    needPaths,
		RunE: func(_ *cobra.Command, args []string) error {
			return c.train(args, to, cfg)
		},
	}
	outputFlag(cmd.Flags(), &to, "out", "o", "model.json", "write the model to this file")
	recipeFlags(cmd, &cfg)
	return cmd
}

// recipeFlags adds the settings of training.
func recipeFlags(cmd *cobra.Command, cfg *classify.Config) {
	cmd.Flags().Float64Var(&cfg.MaxFPR, "max-fpr", cfg.MaxFPR, "share of legitimate calls that may be flagged")
	cmd.Flags().IntVar(&cfg.Terms, "terms", cfg.Terms, "learn also from up to so many words and word pairs that several groups share: for calls from where the corpus came from")
	cmd.Flags().IntVar(&cfg.Folds, "folds", cfg.Folds, "folds of the cross-validation")
	cmd.Flags().Uint64Var(&cfg.Seed, "seed", cfg.Seed, "seed of folds, variants and intervals")
}

func (c *console) train(paths []string, to string, cfg classify.Config) error {
	if err := train.CheckConfig(cfg); err != nil {
		return err
	}
	cat, examples, failed, err := c.lessons(paths)
	if err != nil {
		return err
	}
	steps := c.steps()
	model, found, err := train.Train(examples, cat, cfg, steps.tell)
	steps.finish()
	if err != nil {
		return err
	}
	data, err := model.Encode()
	if err != nil {
		return err
	}
	if err := writeFile(to, data); err != nil {
		return err
	}
	if err := c.trainReport(model, found, to); err != nil {
		return err
	}
	return partial(len(examples), failed)
}

func (c *console) trainReport(m *classify.Model, r *train.Report, to string) error {
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "calls\tscam\tlegit\t\n")
	var keys []string
	for k := range r.BySource {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(w, "%s\t%d\t%d\t\n", report.Plain(k), r.BySource[k].Scam, r.BySource[k].Legit)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	cv := m.Crossval
	fmt.Fprintf(c.out, "\nHeld out by group, %d folds: recall %.3f at %g %% false alarms (95 %% interval %.3f to %.3f), ROC-AUC %.3f\n\n",
		m.Config.Folds, cv.Recall, 100*m.Config.MaxFPR, cv.Interval[0], cv.Interval[1], cv.AUC)
	if err := report.Confusion(c.out, r.Summary.Confusion); err != nil {
		return err
	}
	if cv.Note != "" {
		fmt.Fprintf(c.out, "\nNote: %s\n", cv.Note)
	}
	fmt.Fprintf(c.out, "\nscam from probability %.4f, unsure from %.4f; %d features%s\nwritten to %s (model %s)\n",
		r.ScamAt, r.UnsureAt, len(m.Weights), termsNote(r.Terms), report.Plain(to), m.Digest())
	return nil
}

func termsNote(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d of them terms", n)
}
