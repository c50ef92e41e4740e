package formats

import (
	"bufio"
	"bytes"
	"fmt"
	"iter"
	"strings"

	"callscam/corpus"
)

// MaxColumns is how many cells a table's row may have.
const MaxColumns = 1000

// table is what was found out about a file of rows.
type table struct {
	columns  columns
	comma    rune
	header   bool
	turnARow bool
	times    timeUnit
	width    int    // cells of the first row
	guessed  string // the text column's name, where it was not a known one
}

const sampleRows = 60

func isTable(comma rune) func(head []byte) bool {
	return func(head []byte) bool {
		if head[0] == '{' || head[0] == '[' {
			return false
		}
		t, ok := survey(head, comma)
		return ok && t.width > 1 && t.guessed == ""
	}
}

// survey finds out from the head of a file what its rows hold; ok is false
// where nothing shows that it is a table at all.
func survey(head []byte, comma rune) (t table, ok bool) {
	t.comma = comma
	rows := sample(head, comma)
	if len(rows) == 0 {
		return t, false
	}
	header := rows[0]
	t.width = len(header)
	if t.columns, t.header = headerColumns(header); t.header && isHeader(header) {
		rows = rows[1:]
		ok = even(rows, t.width)
		t.guessText(rows)
	} else {
		t.header = false
		t.columns = guessColumns(rows)
		ok = t.columns.has(labelColumn) || t.columns.has(startColumn) ||
			t.columns.has(speakerColumn) && (comma == '|' || comma == '\t') && len(rows) > 2 && even(rows, t.width)
	}
	if t.columns.has(speakerColumn) && t.columns.textIsCall(rows) {
		// A caller or channel in the sense of a telephone number or a broadcaster.
		delete(t.columns, speakerColumn)
	}
	if t.turnARow = t.columns.rowIsTurn(rows); t.turnARow && len(rows) > 2 && !t.columns.idRecurs(rows) {
		// The number of a row, not of a call.
		delete(t.columns, idColumn)
	}
	t.times = t.timeUnit(header, rows)
	return t, ok && (t.columns.has(textColumn) || t.isManifest())
}

// guessText takes the longest column for the text where none is named so.
func (t *table) guessText(rows [][]string) {
	if t.columns.has(textColumn) || t.columns.has(pathColumn) {
		return
	}
	if guessed := guessColumns(rows); guessed.has(textColumn) {
		t.columns[textColumn] = guessed[textColumn]
		t.guessed = fmt.Sprintf("column %d", guessed[textColumn]+1)
	}
}

// isHeader holds for a row of short names, so that a sentence with a comma in
// it is not taken for one.
func isHeader(row []string) bool {
	for _, cell := range row {
		if len(cell) > 60 || strings.ContainsAny(cell, ".!?。！？") {
			return false
		}
	}
	return true
}

// even holds where most rows have that many cells, as commas in running text
// do not give.
func even(rows [][]string, width int) bool {
	same := 0
	for _, row := range rows {
		if len(row) == width {
			same++
		}
	}
	return same*3 >= len(rows)*2
}

// sample returns the rows that stand wholly in the head.
func sample(head []byte, comma rune) [][]string {
	cut := len(head) >= sniffBytes
	if cut {
		if i := bytes.LastIndexByte(head, '\n'); i > 0 {
			head = head[:i]
		}
	}
	r := newRowReader(bufio.NewReader(bytes.NewReader(head)), comma, 0)
	var rows [][]string
	for len(rows) < sampleRows {
		row, err := r.next()
		if err != nil || r.open && cut {
			break
		}
		rows = append(rows, row.cells)
	}
	return rows
}

// rowIsTurn reports whether a row holds one turn: where a speaker or times are
// given, or where the same call's ID stands in rows one after another.
func (c columns) rowIsTurn(rows [][]string) bool {
	return c.has(speakerColumn) || c.has(startColumn) && c.has(endColumn) || c.idRecurs(rows)
}

// textIsCall reports whether most cells of text hold two speakers or more.
func (c columns) textIsCall(rows [][]string) bool {
	calls, all := 0, 0
	for _, row := range rows {
		text := c.at(row, textColumn)
		if text == "" {
			continue
		}
		all++
		turns, _ := cellTurns(text)
		for _, turn := range turns {
			if turn.Speaker != "" && turn.Speaker != turns[0].Speaker {
				calls++
				break
			}
		}
	}
	return calls*2 > all
}

func (c columns) idRecurs(rows [][]string) bool {
	for i := 1; i < len(rows); i++ {
		if id := c.at(rows[i], idColumn); id != "" && id == c.at(rows[i-1], idColumn) {
			return true
		}
	}
	return false
}

func readTable(comma rune) func(*source) iter.Seq2[corpus.Example, error] {
	return func(src *source) iter.Seq2[corpus.Example, error] {
		return func(yield func(corpus.Example, error) bool) {
			head, _ := src.br.Peek(sniffBytes)
			t, _ := survey(head, comma)
			switch {
			case t.isManifest() && src.how.walked:
				src.passedOver = true
			case t.isManifest():
				readManifest(src, t, yield)
			case !t.columns.has(textColumn):
				yield(corpus.Example{}, src.errorf(1, "no column of text: want a header such as text or transcript, beside label, speaker or call_id"))
			case t.turnARow:
				newRows(src, t).turns(yield)
			default:
				newRows(src, t).calls(yield)
			}
		}
	}
}
