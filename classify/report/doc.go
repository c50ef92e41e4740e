// Package report tells results: one file a form. It refuses to decide
// anything; whatever it prints is in the result.
package report

import (
	"fmt"
	"io"
	"strings"

	"callscam/classify"
	"callscam/corpus"
)

// Writer writes results in one form. Close ends the output.
type Writer interface {
	Write(*corpus.Example, *classify.Result) error
	Close() error
}

var forms = []struct {
	name string
	make func(w io.Writer, at string) Writer
}{
	{"table", newTable},
	{"jsonl", newJSONL},
	{"csv", newCSV},
	{"vcon", newVCon},
}

// New returns a writer for the form table, jsonl, csv or vcon. At is the time
// of writing, RFC 3339, which a vCon must state.
func New(form string, w io.Writer, at string) (Writer, error) {
	var names []string
	for _, f := range forms {
		if f.name == form {
			return f.make(w, at), nil
		}
		names = append(names, f.name)
	}
	return nil, fmt.Errorf("unknown output %q: want %s or %s", form, strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}

// Continue returns a writer like New's for an output that already has its
// first lines: it writes no header.
func Continue(form string, w io.Writer, at string) (Writer, error) {
	out, err := New(form, w, at)
	switch t := out.(type) {
	case *tableWriter:
		t.started = true
	case *csvWriter:
		t.started = true
	}
	return out, err
}
