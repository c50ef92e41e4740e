package main

import (
	"bytes"
	"regexp"
	"strings"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/classify/report"
	"callscam/corpus"
	"callscam/features"
)

// writeReportPage writes the report's HTML form.
func (c *console) writeReportPage(path string, r *evaluate.Report, examples []corpus.Example, redact bool) error {
	cat, err := features.Default()
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := report.EvaluationHTML(&page, r, examples, cat, commandLine(c.args), redact); err != nil {
		return err
	}
	return writeFile(path, page.Bytes())
}

// writeCallPage writes one call's HTML form. Running is the probability after
// each turn.
func writeCallPage(path string, t *corpus.Transcript, r *classify.Result, running []float64, cl *classify.Classifier) error {
	d := features.NewAnalyzer(cl.Catalog()).Read(t)
	var page bytes.Buffer
	e := &report.Explained{Document: d, Result: r, Model: cl.Model, Catalog: cl.Catalog(), Running: running}
	if err := report.ExplainHTML(&page, e); err != nil {
		return err
	}
	return writeFile(path, page.Bytes())
}

var plainWord = regexp.MustCompile(`^[\w@%+=:,./-]+$`)

// commandLine returns what a shell would take for the same arguments.
func commandLine(args []string) string {
	words := []string{"classify"}
	for _, a := range args {
		if !plainWord.MatchString(a) {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}
