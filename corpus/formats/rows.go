package formats

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"callscam/corpus"
)

// tableRows goes through a table's rows.
type tableRows struct {
	table
	src   *source
	limit *rowLimit
	csv   *csv.Reader
	line  int
	begun bool
}

func newRows(src *source, t table) *tableRows {
	limit := &rowLimit{r: src.br, comma: byte(t.comma)}
	return &tableRows{table: t, src: src, limit: limit, csv: rowReader(limit, t.comma)}
}

// next returns the next row with text in it, or io.EOF; any other error ends
// the file when fatal is set, and else concerns that row alone.
func (t *tableRows) next() (row []string, fatal bool, err error) {
	for {
		t.limit.next()
		row, err = t.csv.Read()
		var broken *csv.ParseError
		switch {
		case err == io.EOF:
			return nil, true, err
		case errors.Is(err, errRowTooLong):
			return nil, true, t.src.errorf(t.line+1, "row is longer than the limit of %d MiB: does a quotation mark never close?", MaxCallBytes>>20)
		case errors.Is(err, errManyColumns):
			return nil, true, t.src.errorf(t.line+1, "row of more than %d columns: the limit is %d", maxCommas, MaxColumns)
		case errors.As(err, &broken):
			t.line = broken.Line
			return nil, false, t.src.errorf(broken.Line, "broken row: %w", broken.Err)
		case err != nil:
			return nil, true, &Error{t.src.path, t.line, err}
		}
		t.line, _ = t.csv.FieldPos(0)
		if len(row) > MaxColumns {
			return nil, false, t.src.errorf(t.line, "row of %d columns: the limit is %d", len(row), MaxColumns)
		}
		if t.header && !t.begun {
			t.begun = true
			continue
		}
		if t.columns.at(row, textColumn) != "" || t.columns.at(row, pathColumn) != "" && t.isManifest() {
			return row, false, nil
		}
	}
}

// calls yields a call for each row.
func (t *tableRows) calls(yield func(corpus.Example, error) bool) {
	for {
		row, fatal, err := t.next()
		if err == io.EOF {
			return
		}
		var ex corpus.Example
		if err == nil {
			ex, err = t.call(row)
		}
		if !yield(ex, err) || fatal {
			return
		}
	}
}

func (t *tableRows) call(row []string) (corpus.Example, error) {
	var ex corpus.Example
	t.describe(&ex, row)
	var err error
	if ex.Turns, err = cellTurns(validText(&ex, t.columns.at(row, textColumn))); err != nil {
		err = t.src.errorf(t.line, "%w", err)
	}
	return ex, err
}

// describe fills in what a row tells of its call.
func (t *tableRows) describe(ex *corpus.Example, row []string) {
	cell := func(what meaning) string { return validText(ex, t.columns.at(row, what)) }
	ex.ID, ex.Source, ex.Group, ex.Pretext = cell(idColumn), cell(sourceColumn), cell(groupColumn), cell(pretextColumn)
	ex.Lang = langOf(cell(langColumn))
	if ex.ID == "" {
		ex.ID = fmt.Sprintf("%s:%d", stem(t.src.path), t.line)
	}
	setLabel(ex, cell(labelColumn))
	if t.guessed != "" {
		ex.Warnings = append(ex.Warnings, t.guessed+" was taken for the text: no column has a name known for it")
	}
}

// turns yields a call for each run of rows with one call's ID.
func (t *tableRows) turns(yield func(corpus.Example, error) bool) {
	var ex corpus.Example
	var cues []cue
	current := ""
	flush := func() bool {
		if len(cues) == 0 {
			return true
		}
		var err error
		if ex.Turns, err = t.turnsOf(cues); err != nil {
			err = t.src.errorf(t.line, "%w", err)
		} else if len(ex.Turns) == 0 {
			err = t.src.errorf(t.line, "no turns: the rows of this call have no text")
		}
		cues = cues[:0]
		return yield(ex, err)
	}
	for {
		row, fatal, err := t.next()
		if err != nil {
			if !flush() || err == io.EOF || !yield(corpus.Example{}, err) || fatal {
				return
			}
			continue
		}
		id := t.columns.at(row, idColumn)
		if id != current && !flush() {
			return
		}
		current = id
		if len(cues) == 0 {
			ex = corpus.Example{}
			t.describe(&ex, row)
			if !t.columns.has(idColumn) {
				ex.ID = stem(t.src.path)
			}
		} else {
			setLabel(&ex, t.columns.at(row, labelColumn))
		}
		cues = append(cues, t.cue(&ex, row))
		if len(cues) > MaxTurns {
			yield(corpus.Example{}, t.src.errorf(t.line, "more than %d turns", MaxTurns))
			return
		}
	}
}

// turnsOf makes turns of rows. Recognisers cut rows anywhere, tables of turns
// do not: only what has an end time and a speaker is joined.
func (t *tableRows) turnsOf(cues []cue) ([]corpus.Turn, error) {
	if !t.columns.has(speakerColumn) {
		cueSpeakers(cues)
	}
	if t.columns.has(startColumn) && t.columns.has(endColumn) {
		return turnsOf(cues)
	}
	turns := make([]corpus.Turn, len(cues))
	for i, c := range cues {
		turns[i] = corpus.Turn{Speaker: c.speaker, Text: c.text, Start: c.start, End: c.end}
	}
	return turns, nil
}

func (t *tableRows) cue(ex *corpus.Example, row []string) cue {
	cell := func(what meaning) string { return validText(ex, t.columns.at(row, what)) }
	c := cue{t.millis(cell(startColumn)), t.millis(cell(endColumn)), cell(speakerColumn), cell(textColumn)}
	if name, text, ok := cutBracketed(c.text); ok && c.speaker == "" {
		c.speaker, c.text = name, text
	}
	return c
}

var clockCell = regexp.MustCompile(`^` + stamp + `$`)

// millis reads a time as a clock or as a number in the table's unit.
func (t *tableRows) millis(s string) int64 {
	if m := clockCell.FindStringSubmatch(s); m != nil {
		return clockMillis(m)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= 0) || v*t.scale > 1e12 {
		return corpus.NoTime
	}
	return int64(math.Round(v * t.scale))
}

// timeScale tells milliseconds from seconds: names that say so, and whole
// numbers in Whisper's own columns, are milliseconds; decimals are seconds.
func timeScale(c columns, rows [][]string, header bool) float64 {
	whole := header && c.has(endColumn)
	for _, row := range rows {
		whole = whole && !strings.ContainsRune(c.at(row, startColumn)+c.at(row, endColumn), '.')
	}
	if whole {
		return 1
	}
	return 1000
}

// setLabel stores a label's name. Rows that disagree leave a call unlabelled,
// and a name that is not understood is a warning, since scoring needs none.
func setLabel(ex *corpus.Example, name string) {
	if name == "" {
		return
	}
	warn := func(w string) {
		if !slices.Contains(ex.Warnings, w) {
			ex.Warnings = append(ex.Warnings, w)
		}
	}
	switch strings.ToLower(name) {
	case "1", "1.0", "true", "yes", "positive":
		warn(fmt.Sprintf("label %q taken for scam", name))
		name = "scam"
	case "0", "0.0", "false", "no", "negative":
		warn(fmt.Sprintf("label %q taken for legit", name))
		name = "legit"
	}
	label, err := corpus.ParseLabel(name)
	switch {
	case err != nil:
		warn(err.Error())
	case ex.Label == corpus.Unlabelled:
		ex.Label = label
	case ex.Label != label:
		warn("its rows have different labels: the first was taken")
	}
}
