package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"callscam/classify/evaluate"
	"callscam/classify/report"
	"callscam/classify/train"
	"callscam/corpus"
)

func newCompare(c *console) *cobra.Command {
	var jsonTo string
	var seed uint64
	var rounds int
	cmd := &cobra.Command{
		Use:   "compare A.json B.json [PATH...]",
		Short: "Compare two reports, or two models, on the same calls",
		Long: `Say whether B does better than A. A and B are reports that evaluate or crossval
wrote with --json, or two model files with the labelled calls to try them on.
Differences are paired: both are measured on the same draws of whole groups.`,
		Example: `  classify compare before.json after.json
  classify compare old-model.json new-model.json labelled/`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return fmt.Errorf("%d arguments: want two reports, or two models and calls", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkRounds(rounds); err != nil {
				return err
			}
			a, b, failed, err := c.contestants(args[0], args[1], args[2:])
			if err != nil {
				return err
			}
			p, err := evaluate.Compare(a, b, seed, rounds)
			if err != nil {
				return err
			}
			if err := report.Pairing(c.out, p); err != nil {
				return err
			}
			if err := writeJSON(jsonTo, p); err != nil {
				return err
			}
			return partial(p.Calls, failed)
		},
	}
	outputFlag(cmd.Flags(), &jsonTo, "json", "", "", "write the comparison to this file too")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "seed of the intervals")
	cmd.Flags().IntVar(&rounds, "rounds", evaluate.Rounds, "bootstrap rounds behind the intervals")
	return cmd
}

// contestants reads two reports, or has two models predict the calls.
func (c *console) contestants(a, b string, paths []string) (*evaluate.Report, *evaluate.Report, int, error) {
	ra, errA := readReport(a)
	rb, errB := readReport(b)
	switch {
	case errA != nil:
		return nil, nil, 0, errA
	case errB != nil:
		return nil, nil, 0, errB
	case (ra == nil) != (rb == nil):
		return nil, nil, 0, fmt.Errorf("one of %q and %q is a report and the other is not: want two reports or two models", a, b)
	case ra != nil && len(paths) > 0:
		return nil, nil, 0, fmt.Errorf("%q and %q are reports, which hold their calls: want no paths", a, b)
	case ra != nil:
		return ra, rb, 0, nil
	case len(paths) == 0:
		return nil, nil, 0, fmt.Errorf("%q and %q are no reports: want paths of labelled calls to try the models on", a, b)
	}
	examples, failed, err := c.examples(paths)
	if err != nil {
		return nil, nil, failed, err
	}
	if err := corpus.CheckLabelled(examples); err != nil {
		return nil, nil, failed, err
	}
	if ra, err = c.tryModel(a, examples); err == nil {
		rb, err = c.tryModel(b, examples)
	}
	return ra, rb, failed, err
}

func (c *console) tryModel(path string, examples []corpus.Example) (*evaluate.Report, error) {
	cl, err := loadModel(path)
	if err != nil {
		return nil, err
	}
	bar := c.progress("predict", len(examples))
	defer bar.finish()
	return &evaluate.Report{Calls: train.Predict(cl, examples, bar.set),
		Model: evaluate.ModelRef{Name: path, Digest: cl.Model.Digest(), Threshold: evaluate.Figure(cl.Model.Thresholds.Scam.Probability)}}, nil
}

// readReport returns nil for a file that is JSON but no report.
func readReport(path string) (*evaluate.Report, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var head struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("%s: want a report or a model in JSON: %w", path, err)
	}
	if head.Schema == "" {
		return nil, nil
	}
	if head.Schema != evaluate.Schema {
		return nil, fmt.Errorf("%s: schema %q: want %q", path, head.Schema, evaluate.Schema)
	}
	var r evaluate.Report
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &r, nil
}

func checkRounds(n int) error {
	if n < 1 || n > 1e6 {
		return fmt.Errorf("rounds %d: want 1 to 1000000", n)
	}
	return nil
}

// writeJSON writes v to the file, unless none is named.
func writeJSON(path string, v any) error {
	if path == "" {
		return nil
	}
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFile(path, append(data, '\n'))
}
