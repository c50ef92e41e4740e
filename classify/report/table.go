package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"callscam/classify"
	"callscam/corpus"

	"github.com/mattn/go-runewidth"
)

type tableWriter struct {
	w       *bufio.Writer
	started bool
}

func newTable(w io.Writer, _ string) Writer { return &tableWriter{w: bufio.NewWriter(w)} }

const (
	idWidth     = 28
	reasonWidth = 72
)

func (w *tableWriter) Write(_ *corpus.Example, r *classify.Result) error {
	if !w.started {
		w.started = true
		fmt.Fprintf(w.w, "%-7s %6s %6s  %s %s\n", "VERDICT", "PROB", "ALARM", pad("CALL", idWidth), "MAIN REASON")
	}
	alarm := "-"
	if r.AlarmTurn != nil {
		alarm = fmt.Sprintf("%d/%d", *r.AlarmTurn, r.Turns)
	}
	reason := "-"
	if e := r.Reason(); e != nil {
		reason = fmt.Sprintf("%s, turn %d: “%s”", Words(e.Tactic), e.Turn, Plain(e.Quote))
	}
	_, err := fmt.Fprintf(w.w, "%-7s %6.3f %6s  %s %s\n", r.Verdict, r.Probability, alarm,
		pad(Plain(r.ID), idWidth), strings.TrimRight(runewidth.Truncate(reason, reasonWidth, "…"), " "))
	if err != nil {
		return err
	}
	return w.w.Flush()
}

func (w *tableWriter) Close() error { return w.w.Flush() }

// pad cuts or fills s to a width in terminal cells; Han characters take two.
func pad(s string, width int) string {
	return runewidth.FillRight(runewidth.Truncate(s, width, "…"), width)
}

// Words returns a tactic's name as people write it.
func Words(name string) string { return strings.ReplaceAll(name, "_", " ") }
