package report

import (
	"bufio"
	"fmt"
	"io"

	"callscam/classify"
	"callscam/corpus"
	"callscam/corpus/formats"
)

// vconWriter writes each call as a vCon with its result among the analysis,
// one a line: the vCon that the call was read from, with all that it held, or
// a new one.
type vconWriter struct {
	w  *bufio.Writer
	at string
}

func newVCon(w io.Writer, at string) Writer { return &vconWriter{bufio.NewWriterSize(w, 1<<16), at} }

// analysis is an entry of a vCon's analysis, in the draft's terms.
type analysis struct {
	Type      string           `json:"type"`
	Dialog    []int            `json:"dialog"`
	MediaType string           `json:"mediatype"`
	Vendor    string           `json:"vendor"`
	Product   string           `json:"product"`
	Schema    string           `json:"schema"`
	Encoding  string           `json:"encoding"`
	Body      *classify.Result `json:"body"`
}

func (w *vconWriter) Write(ex *corpus.Example, r *classify.Result) error {
	doc := ex.Origin
	if doc == nil {
		var err error
		if doc, err = formats.VCon(ex, w.at); err != nil {
			return err
		}
	}
	line, err := formats.AddAnalysis(doc, w.at, func(dialogs int) any {
		a := analysis{Type: "report", Dialog: make([]int, dialogs), MediaType: "application/json", Vendor: "callscam",
			Product: "classify, model " + r.Model.Name + "@" + r.Model.Digest, Schema: r.Schema, Encoding: "json", Body: r}
		for i := range a.Dialog {
			a.Dialog[i] = i
		}
		return a
	})
	if err != nil {
		return fmt.Errorf("%s: vCon: %w", ex.ID, err)
	}
	_, err = w.w.Write(escapedJSON(line))
	return err
}

func (w *vconWriter) Close() error { return w.w.Flush() }
