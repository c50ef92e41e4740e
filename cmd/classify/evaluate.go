package main

import (
	"errors"

	"github.com/spf13/cobra"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/classify/report"
	"callscam/classify/train"
	"callscam/corpus"
)

// telling is how a report is to be told.
type telling struct {
	by           []string
	json, errors string
	html         string
	strict       bool
	redact       bool
	rounds       int
	seed         uint64
}

func (t *telling) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&t.by, "by", []string{"source", "lang", "pretext", "length", "style", "verdict"}, "slices: source, group, lang, pretext, length, style, verdict")
	outputFlag(f, &t.json, "json", "", "", "write the report to this file too, with every prediction")
	outputFlag(f, &t.html, "html", "", "", "write the report to this file too, as a page with charts and the words of the worst errors")
	outputFlag(f, &t.errors, "errors", "", "", "write the wrong calls to this file as JSONL")
	redactFlag(f, &t.redact)
	f.BoolVar(&t.strict, "strict", false, "end with status 1 when a probe explains the result")
	f.IntVar(&t.rounds, "rounds", evaluate.Rounds, "bootstrap rounds behind the intervals")
}

func (t *telling) check() error {
	for _, b := range t.by {
		if err := evaluate.CheckSlice(b); err != nil {
			return err
		}
	}
	return checkRounds(t.rounds)
}

func newEvaluate(c *console) *cobra.Command {
	var model string
	var learned []string
	var t telling
	cmd := &cobra.Command{
		Use:   "evaluate PATH...",
		Short: "Measure a model on labelled transcripts that it has not seen",
		Long: `Score labelled calls and say how right the model is, with 95 % intervals from
draws of whole groups, and what speaks against believing it. The first line
says when a shortcut explains the result: when length, speaker names, style,
the first turn, the called party's words or the source, cross-validated on
these very calls, reach a ROC-AUC of at least 0.75 and 90 % of what the model
gains over chance.`,
		Args: needPaths,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := t.check(); err != nil {
				return err
			}
			return c.evaluate(args, model, learned, &t)
		},
	}
	cmd.Flags().StringVar(&model, "model", "", "model file (default: the embedded model)")
	cmd.Flags().StringSliceVar(&learned, "learned-from", nil, "calls that the model was learned from, to look for near-duplicates")
	cmd.Flags().Uint64Var(&t.seed, "seed", 1, "seed of intervals, probes and random words")
	t.flags(cmd)
	return cmd
}

func (c *console) evaluate(paths []string, model string, learned []string, t *telling) error {
	cl, err := loadModel(model)
	if err != nil {
		return err
	}
	examples, failed, err := c.examples(paths)
	if err != nil {
		return err
	}
	if err := corpus.CheckLabelled(examples); err != nil {
		return err
	}
	in := evaluate.Input{Title: "evaluation", By: t.by, Seed: t.seed, Rounds: t.rounds, Model: evaluate.ModelRef{
		Name: cl.Name, Digest: cl.Model.Digest(), Threshold: evaluate.Figure(cl.Model.Thresholds.Scam.Probability)}}
	if in.Duplicates, err = c.nearness(examples, learned); err != nil {
		return err
	}
	bar := c.progress("evaluate", len(examples))
	in.Predictions = train.Predict(cl, examples, bar.set)
	bar.finish()
	in.Rivals = train.Counted(in.Predictions)
	in.Explanations = train.TestExplanations(cl, examples, in.Predictions, t.seed)
	cfg := train.DefaultConfig()
	cfg.Seed = t.seed
	in.Probes, in.Warnings = train.ScoreProbes(examples, cl.Catalog(), cfg)
	in.Warnings = append(seenBefore(cl.Model, examples), in.Warnings...)
	if err := c.tellReport(in, examples, t); err != nil {
		return err
	}
	return partial(len(examples), failed)
}

func (c *console) nearness(examples []corpus.Example, learned []string) (*evaluate.Duplicates, error) {
	if len(learned) == 0 {
		return &evaluate.Duplicates{Calls: len(examples),
			Verdict: "near-duplicates of calls that the model learned from were not looked for: --learned-from names those"}, nil
	}
	lessons, _, err := c.examples(learned)
	if err != nil {
		return nil, err
	}
	return train.Nearness(examples, lessons), nil
}

// seenBefore warns when these are the very calls that the model learned from.
func seenBefore(m *classify.Model, examples []corpus.Example) []string {
	sorted := append([]corpus.Example{}, examples...)
	corpus.Sort(sorted)
	if corpus.Digest(sorted) != m.Corpus {
		return nil
	}
	return []string{"the model was learned from these very calls: nothing here says how it does on others"}
}

// tellReport makes the report and writes its forms.
func (c *console) tellReport(in evaluate.Input, examples []corpus.Example, t *telling) error {
	r, err := evaluate.Build(in)
	if err != nil {
		return err
	}
	if err := report.Evaluation(c.out, r); err != nil {
		return err
	}
	if err := writeJSON(t.json, r); err != nil {
		return err
	}
	if t.html != "" {
		if err := c.writeReportPage(t.html, r, examples, t.redact); err != nil {
			return err
		}
	}
	if t.errors != "" {
		data, err := report.Mistakes(in.Predictions, examples, t.redact)
		if err != nil {
			return err
		}
		if err := writeFile(t.errors, data); err != nil {
			return err
		}
	}
	if t.strict && r.Doubtful {
		return failure{statusPartial, errors.New("strict: a probe explains the result")}
	}
	return nil
}
