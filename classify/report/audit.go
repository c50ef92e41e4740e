package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"callscam/corpus"
)

// Tally writes how many calls there are of each kind.
func Tally(out io.Writer, tally map[string]map[string]int) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, what := range slices.Sorted(maps.Keys(tally)) {
		for _, value := range slices.Sorted(maps.Keys(tally[what])) {
			fmt.Fprintf(w, "%s\t%s\t%d\n", what, Plain(value), tally[what][value])
		}
	}
	return w.Flush()
}

// Findings writes an audit's objections, one a line.
func Findings(out io.Writer, findings []corpus.Finding) error {
	for _, f := range findings {
		if _, err := fmt.Fprintf(out, "%s: %s: %s\n", f.Kind, Plain(f.Call), Plain(f.Text)); err != nil {
			return err
		}
	}
	return nil
}
