package main

import (
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"callscam/classify/evaluate"
	"callscam/classify/report"
	"callscam/corpus"
	"callscam/corpus/formats"
)

var slicers = map[string]func(*evaluate.Prediction) string{
	"source":  func(p *evaluate.Prediction) string { return p.Source },
	"group":   func(p *evaluate.Prediction) string { return p.Group },
	"lang":    func(p *evaluate.Prediction) string { return p.Lang },
	"pretext": func(p *evaluate.Prediction) string { return p.Pretext },
}

func newEvaluate(c *console) *cobra.Command {
	var model, jsonTo string
	var by []string
	cmd := &cobra.Command{
		Use:   "evaluate PATH...",
		Short: "Measure a model on labelled transcripts that it has not seen",
		Args:  needPaths,
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, b := range by {
				if slicers[b] == nil {
					return fmt.Errorf("unknown slice %q: want source, group, lang or pretext", b)
				}
			}
			return c.evaluate(cmd, args, model, jsonTo, by)
		},
	}
	cmd.Flags().StringVar(&model, "model", "", "model file (default: the embedded model)")
	outputFlag(cmd.Flags(), &jsonTo, "json", "", "", "write the figures to this file too")
	cmd.Flags().StringSliceVar(&by, "by", []string{"source", "lang"}, "slices: source, group, lang, pretext")
	return cmd
}

// evaluation is the JSON form of the figures.
type evaluation struct {
	Schema string                        `json:"schema"`
	Model  string                        `json:"model"`
	All    evaluate.Summary              `json:"all"`
	By     map[string][]evaluate.Summary `json:"by"`
}

func (c *console) evaluate(cmd *cobra.Command, paths []string, model, jsonTo string, by []string) error {
	cl, err := loadModel(model)
	if err != nil {
		return err
	}
	var ps []evaluate.Prediction
	var unlabelled []corpus.Example
	failed := 0
	bar := c.progress("evaluate", -1)
	for s := range cl.Stream(cmd.Context(), formats.Calls(paths, c.in, "auto"), runtime.GOMAXPROCS(0)) {
		if s.Err != nil {
			failed++
			bar.clear()
			c.tell("%v", s.Err)
			continue
		}
		bar.add(1)
		e := &s.Example
		if e.Label == corpus.Unlabelled {
			unlabelled = append(unlabelled, *e)
			continue
		}
		ps = append(ps, evaluate.Prediction{ID: e.ID, Scam: e.Label == corpus.Scam, Probability: s.Result.Probability,
			Flagged: s.Result.Probability >= cl.Model.Thresholds.Scam.Probability,
			Source:  e.Source, Group: e.GroupKey(), Lang: s.Result.Lang, Pretext: e.Pretext})
	}
	bar.finish()
	if len(unlabelled) > 0 {
		return corpus.CheckLabelled(unlabelled)
	}
	if len(ps) == 0 {
		return partial(0, failed)
	}
	if err := c.tellEvaluation(ps, cl.Model.Config.Seed, cl.Model.Digest(), jsonTo, by); err != nil {
		return err
	}
	return partial(len(ps), failed)
}

func (c *console) tellEvaluation(ps []evaluate.Prediction, seed uint64, digest, jsonTo string, by []string) error {
	all, err := evaluate.Summarise("all", ps, seed)
	if err != nil {
		return err
	}
	told := evaluation{Schema: "callscam.evaluation/1", Model: digest, All: all, By: map[string][]evaluate.Summary{}}
	if err := report.Summaries(c.out, "", []evaluate.Summary{all}); err != nil {
		return err
	}
	for _, b := range by {
		rows, err := evaluate.Slices(ps, seed, slicers[b])
		if err != nil {
			return err
		}
		told.By[b] = rows
		fmt.Fprintln(c.out)
		if err := report.Summaries(c.out, "by "+b, rows); err != nil {
			return err
		}
	}
	fmt.Fprintln(c.out)
	if err := report.Confusion(c.out, all.Confusion); err != nil {
		return err
	}
	if jsonTo == "" {
		return nil
	}
	data, err := json.MarshalIndent(told, "", " ")
	if err != nil {
		return err
	}
	return writeFile(jsonTo, append(data, '\n'))
}
