package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"callscam/classify/report"
	"callscam/classify/train"
	"callscam/corpus"
)

func newAudit(c *console) *cobra.Command {
	var jsonTo string
	cmd := &cobra.Command{
		Use:   "audit PATH...",
		Short: "Check a labelled corpus for duplicates, shortcuts and real data",
		Long: `Count the calls, and look for what would teach a model the wrong thing:
near-duplicates, contradicting labels, broken headers, text that looks like
somebody's real data, and shortcuts: how well length, speaker names, style or
the first turn alone tell the labels apart on held-out groups. Status 1 when a
limit is broken.`,
		Args: needPaths,
		RunE: func(_ *cobra.Command, args []string) error { return c.audit(args, jsonTo) },
	}
	outputFlag(cmd.Flags(), &jsonTo, "json", "", "", "write the findings to this file too")
	return cmd
}

// auditJSON is the JSON form of an audit.
type auditJSON struct {
	Schema   string                    `json:"schema"`
	Calls    int                       `json:"calls"`
	Tally    map[string]map[string]int `json:"tally"`
	Findings []corpus.Finding          `json:"findings"`
	Probes   []train.Probe             `json:"probes"`
}

func (c *console) audit(paths []string, jsonTo string) error {
	cat, examples, failed, err := c.lessons(paths)
	if err != nil {
		return err
	}
	corpus.Sort(examples)
	a := auditJSON{Schema: "callscam.audit/1", Calls: len(examples), Tally: corpus.Tally(examples), Findings: corpus.Audit(examples)}
	if err := corpus.CheckLabelled(examples); err == nil {
		// A corpus too small to probe can still be counted and checked.
		if a.Probes, err = train.RunProbes(examples, cat, train.DefaultConfig()); err != nil {
			c.tell("no shortcuts looked for: %v", err)
		}
	}
	if err := report.Tally(c.out, a.Tally); err != nil {
		return err
	}
	broken := len(a.Findings)
	if err := report.Findings(c.out, a.Findings); err != nil {
		return err
	}
	for _, p := range a.Probes {
		verdict := "ok"
		if p.AUC > p.Limit {
			verdict = "TOO HIGH: the labels can be told apart by this"
			broken++
		}
		fmt.Fprintf(c.out, "probe %s, %s: ROC-AUC %.3f, limit %.2f: %s\n", p.Lang, p.Name, p.AUC, p.Limit, verdict)
	}
	fmt.Fprintf(c.out, "%d calls, %d limits broken\n", len(examples), broken+failed)
	if jsonTo != "" {
		data, err := json.MarshalIndent(a, "", " ")
		if err != nil {
			return err
		}
		if err := writeFile(jsonTo, append(data, '\n')); err != nil {
			return err
		}
	}
	if broken+failed > 0 {
		return exit(statusPartial)
	}
	return nil
}
