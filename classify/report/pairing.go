package report

import (
	"fmt"
	"io"

	"callscam/classify/evaluate"
)

// Pairing writes a comparison for a terminal.
func Pairing(out io.Writer, p *evaluate.Pairing) error {
	w := &sections{out: out}
	w.wrapped("", fmt.Sprintf("A is %s, B is %s, on the same %d calls in %d groups.", model(p.A), model(p.B), p.Calls, p.How.Groups))
	if p.OnlyA+p.OnlyB > 0 {
		w.wrapped("Warning: ", fmt.Sprintf("%d calls of A and %d calls of B are not in the other, and were left out", p.OnlyA, p.OnlyB))
	}
	w.wrapped("", fmt.Sprintf("In brackets: 95 %% intervals of the paired difference, from %d draws of whole groups (seed %d).", p.How.Rounds, p.How.Seed))
	w.printf("\n")
	w.table(func(row func(...string)) {
		row("", "A", "B", "B less A", "B is")
		for _, f := range p.Figures {
			row(f.Name, figure(f.A.Value), figure(f.B.Value), signed(f.Difference), f.Word)
		}
	})
	w.printf("\n")
	w.wrapped("", fmt.Sprintf("At their own thresholds, A alone is right on %d calls, B alone on %d.", p.OnlyARight, p.OnlyBRight))
	return w.err
}

func model(m evaluate.ModelRef) string {
	if m.Digest == "" {
		return Plain(m.Name)
	}
	return Plain(m.Name) + "@" + Plain(m.Digest)
}
