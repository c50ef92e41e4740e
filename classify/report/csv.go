package report

import (
	"encoding/csv"
	"io"
	"regexp"
	"strconv"
	"strings"

	"callscam/classify"
	"callscam/corpus"
)

type csvWriter struct {
	w       *csv.Writer
	started bool
}

func newCSV(w io.Writer, _ string) Writer { return &csvWriter{w: csv.NewWriter(w)} }

var csvColumns = []string{"id", "path", "lang", "verdict", "probability", "margin", "turns", "alarm_turn", "stage",
	"tactics", "reason_tactic", "reason_turn", "reason", "model", "warnings"}

func (w *csvWriter) header() error {
	if w.started {
		return nil
	}
	w.started = true
	return w.w.Write(csvColumns)
}

func (w *csvWriter) Write(_ *corpus.Example, r *classify.Result) error {
	if err := w.header(); err != nil {
		return err
	}
	alarm, tactic, turn, quote := "", "", "", ""
	if r.AlarmTurn != nil {
		alarm = strconv.Itoa(*r.AlarmTurn)
	}
	if e := r.Reason(); e != nil {
		tactic, turn, quote = e.Tactic, strconv.Itoa(e.Turn), e.Quote
	}
	row := []string{r.ID, r.Path, r.Lang, string(r.Verdict), number(r.Probability), number(r.Margin), strconv.Itoa(r.Turns), alarm, r.Stage,
		strings.Join(assertedTactics(r), " "), tactic, turn, quote, r.Model.Name + "@" + r.Model.Digest, strings.Join(r.Warnings, "; ")}
	for i := range row {
		row[i] = safeCell(row[i])
	}
	return w.w.Write(row)
}

func (w *csvWriter) Close() error {
	if err := w.header(); err != nil {
		return err
	}
	w.w.Flush()
	return w.w.Error()
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', 6, 64) }

// formula is how a cell begins that a spreadsheet may take for a formula, in
// narrow or wide characters, whatever blanks stand before it.
var formula = regexp.MustCompile(`^[\s\p{Z}]*[=+\-@＝＋－＠]`)

// plainNumber is what may begin with a minus sign all the same.
var plainNumber = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]+)?$`)

// safeCell keeps a spreadsheet from taking a cell for a formula.
func safeCell(s string) string {
	s = Plain(s)
	if !formula.MatchString(s) || plainNumber.MatchString(s) {
		return s
	}
	return "'" + s
}

// assertedTactics returns the tactics that count, each once, in order of
// appearance.
func assertedTactics(r *classify.Result) []string {
	var names []string
	seen := map[string]bool{}
	for i := range r.Evidence {
		e := &r.Evidence[i]
		if e.Points > 0 && !seen[e.Tactic] {
			seen[e.Tactic] = true
			names = append(names, e.Tactic)
		}
	}
	return names
}
