package formats

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"callscam/corpus"
)

// tableRows goes through a table's rows.
type tableRows struct {
	table
	src   *source
	rows  *rowReader
	line  int
	notes []string // on the row at hand and those before it that gave nothing
	begun bool
}

func newRows(src *source, t table) *tableRows {
	return &tableRows{table: t, src: src, rows: newRowReader(src.br, t.comma, t.width)}
}

// next returns the next row with text in it, or io.EOF; any other error ends
// the file when fatal is set, and else concerns that row alone.
func (t *tableRows) next() (row []string, fatal bool, err error) {
	for {
		r, err := t.rows.next()
		t.line = r.line
		switch {
		case err == io.EOF:
			return nil, true, err
		case err == errRowTooLong:
			return nil, true, t.src.errorf(t.line, "row is longer than the limit of %d MiB: does a quotation mark never close?", MaxCallBytes>>20)
		case err == errLineTooLong:
			return nil, false, t.src.errorf(t.line, "row is longer than the limit of %d MiB", MaxCallBytes>>20)
		case err == errManyColumns:
			return nil, false, t.src.errorf(t.line, "row of more than %d columns, which is the limit", MaxColumns)
		case err != nil:
			return nil, true, &Error{t.src.path, t.line, err}
		}
		t.note(r.note)
		if t.header && !t.begun {
			t.begun = true
			continue
		}
		row = t.fitted(r.cells)
		if t.columns.at(row, textColumn) != "" || t.columns.at(row, pathColumn) != "" && t.isManifest() {
			return row, false, nil
		}
	}
}

// fitted puts a row that has more cells than the header together again: what
// is said has commas that were meant to cut nothing.
func (t *tableRows) fitted(row []string) []string {
	extra := len(row) - t.width
	if !t.header || extra <= 0 || strings.TrimSpace(strings.Join(row[t.width:], "")) == "" {
		return row
	}
	at, ok := t.columns[textColumn]
	if !ok || at >= t.width { // as a column can be that was guessed
		t.note(fmt.Sprintf("line %d: a row of %d cells where the header has %d: a cell may stand in the wrong column", t.line, len(row), t.width))
		return row
	}
	t.note(fmt.Sprintf("line %d: a row of %d cells where the header has %d: those of the text were taken for one", t.line, len(row), t.width))
	text := strings.Join(row[at:at+extra+1], string(t.comma))
	return slices.Concat(row[:at], []string{text}, row[at+extra+1:])
}

// maxNotes is how many odd rows a call tells of.
const maxNotes = 20

// note keeps what is odd about a row for the call that it belongs to.
func (t *tableRows) note(text string) {
	if text != "" && len(t.notes) <= maxNotes {
		t.notes = append(t.notes, text)
	}
}

// tell gives a call the notes on its rows.
func (t *tableRows) tell(ex *corpus.Example) {
	for _, note := range t.notes {
		if len(ex.Warnings) >= maxNotes {
			note = "more rows are odd in such ways"
		}
		if !slices.Contains(ex.Warnings, note) {
			ex.Warnings = append(ex.Warnings, note)
		}
	}
	t.notes = t.notes[:0]
}

// calls yields a call for each row.
func (t *tableRows) calls(yield func(corpus.Example, error) bool) {
	for {
		row, fatal, err := t.next()
		if err == io.EOF {
			if len(t.notes) > 0 {
				yield(corpus.Example{}, t.src.errorf(0, "no text in the last row: %s", t.notes[0]))
			}
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
	t.tell(&ex)
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
		fromFirst(cues)
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
			t.tell(&ex)
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
		t.tell(&ex)
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
	if w := t.times.warning; w != "" && !slices.Contains(ex.Warnings, w) {
		ex.Warnings = append(ex.Warnings, w)
	}
	c := cue{t.times.millis(cell(startColumn)), t.times.millis(cell(endColumn)), cell(speakerColumn), cell(textColumn)}
	if name, text, ok := cutBracketed(c.text); ok && c.speaker == "" {
		c.speaker, c.text = name, text
	}
	return c
}

const warnLabels = "its turns have different labels: none was taken for the call"

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
	if plain, doubtful := plainLabel(name); plain != "" {
		if doubtful {
			warn(fmt.Sprintf("label %q taken for %s", name, plain))
		}
		name = plain
	}
	label, err := corpus.ParseLabel(name)
	switch {
	case err != nil:
		warn(err.Error())
	case slices.Contains(ex.Warnings, warnLabels):
	case ex.Label == corpus.Unlabelled:
		ex.Label = label
	case ex.Label != label:
		ex.Label = corpus.Unlabelled
		warn(warnLabels)
	}
}

// plainLabel returns what tables write for scam or legit, and whether that
// could mean something else.
func plainLabel(name string) (plain string, doubtful bool) {
	switch strings.ToLower(name) {
	case "诈骗", "欺诈", "涉诈", "詐騙", "诈骗电话":
		return "scam", false
	case "正常", "非诈骗", "合法", "非詐騙", "正常电话":
		return "legit", false
	case "1", "1.0", "true", "yes", "positive", "是":
		return "scam", true
	case "0", "0.0", "false", "no", "negative", "否":
		return "legit", true
	}
	return "", false
}
