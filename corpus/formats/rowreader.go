package formats

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// rowReader cuts a table into rows as encoding/csv does with lazy quotes, but
// for a quotation mark that opens a cell and never closes. That one would make
// a cell of all that follows, so that the calls in it would be lost: where the
// lines it would take in look like rows, it counts as a sign of the text.
type rowReader struct {
	br    *bufio.Reader
	comma byte
	width int // cells of a row, or 0 before the first
	line  int // lines taken so far

	// lines holds the lines of the row at hand from begin to at, and those
	// beyond that were read in search of a closing mark. Each ends in \n.
	lines     []byte
	begin, at int
	rescans   int // bytes that were read once more
	// late is what ended a row that was cut short after all: it belongs after
	// the lines that were read.
	late error

	text []byte // of the cells of the row at hand, one after another
	ends []int  // of the cells in text
	more int    // cells beyond MaxColumns, which are not kept
	note string
	open bool // whether the last row's last mark never closes
}

// tableRow is a row and the line at which it begins. The note says what is odd
// about it.
type tableRow struct {
	cells []string
	line  int
	note  string
}

var (
	errRowTooLong  = errors.New("row too long")
	errManyColumns = errors.New("too many columns")
)

// maxRescans bounds how much of a file is read twice on account of quotation
// marks that do not close.
const maxRescans = 2 * MaxCallBytes

func newRowReader(r *bufio.Reader, comma rune, width int) *rowReader {
	return &rowReader{br: r, comma: byte(comma), width: width}
}

// next returns the next row that is not blank, or io.EOF. After
// errManyColumns and errLineTooLong the rows that follow can be read.
func (r *rowReader) next() (tableRow, error) {
	r.text, r.ends, r.more, r.note, r.open = r.text[:0], r.ends[:0], 0, "", false
	rest, err := r.firstLine()
	if err != nil {
		return tableRow{line: r.line}, err
	}
	row := tableRow{line: r.line}
	for more := true; more; {
		if len(rest) > 0 && rest[0] == '"' {
			rest, more, err = r.quoted(rest)
		} else {
			rest, more = r.bare(rest)
		}
		if err != nil {
			return row, err
		}
	}
	if r.more > 0 {
		return row, errManyColumns
	}
	row.cells, row.note = r.cells(), r.note
	if r.width == 0 {
		r.width = len(row.cells)
	}
	return row, nil
}

func (r *rowReader) cells() []string {
	text := string(r.text)
	cells := make([]string, len(r.ends))
	from := 0
	for i, end := range r.ends {
		cells[i], from = text[from:end], end
	}
	return cells
}

func (r *rowReader) endCell() {
	if len(r.ends) == MaxColumns {
		r.more++
		r.text = r.text[:r.ends[MaxColumns-1]]
		return
	}
	r.ends = append(r.ends, len(r.text))
}

// firstLine begins a row with the next line that is not empty.
func (r *rowReader) firstLine() ([]byte, error) {
	for {
		if r.begin = r.at; r.begin == len(r.lines) {
			r.lines, r.begin, r.at = r.lines[:0], 0, 0
		}
		if line, err := r.nextLine(); err != nil || len(line) > 0 {
			return line, err
		}
	}
}

// nextLine takes another line into the row.
func (r *rowReader) nextLine() ([]byte, error) {
	if r.at == len(r.lines) {
		if err := r.fetch(); err != nil {
			return nil, err
		}
	}
	rest := r.lines[r.at:]
	n := bytes.IndexByte(rest, '\n')
	r.at += n + 1
	r.line++
	return rest[:n], nil
}

// fetch reads one more line behind those that are kept.
func (r *rowReader) fetch() error {
	if r.begin > 0 {
		r.lines = r.lines[:copy(r.lines, r.lines[r.begin:])]
		r.begin, r.at = 0, len(r.lines)
	}
	begins := len(r.lines) == 0
	if len(r.lines) > MaxCallBytes {
		return errRowTooLong
	}
	err := r.late
	if err == nil {
		r.lines, err = appendLine(r.lines, r.br)
	}
	switch {
	case err == nil || err == io.EOF:
	case begins:
		r.late = nil
		r.line++
	default:
		r.late = err
	}
	return err
}

// bare takes a cell without quotation marks around it, and reports whether
// another follows in the rest of the line.
func (r *rowReader) bare(line []byte) (rest []byte, more bool) {
	cell, rest, more := bytes.Cut(line, []byte{r.comma})
	r.text = append(r.text, cell...)
	r.endCell()
	return rest, more
}

// quoted takes a cell that begins with a quotation mark.
func (r *rowReader) quoted(line []byte) (rest []byte, more bool, err error) {
	opened := opening{at: r.at - r.begin, line: r.line, text: len(r.text), length: len(line)}
	rest = line[1:]
	for {
		i := bytes.IndexByte(rest, '"')
		if i < 0 && r.rescans > maxRescans {
			rest, more = r.goBack(opened)
			return rest, more, nil
		}
		if i < 0 {
			r.text = append(append(r.text, rest...), '\n')
			if rest, err = r.nextLine(); err == nil {
				continue
			}
			return r.neverCloses(opened, err)
		}
		r.text = append(r.text, rest[:i]...)
		rest = rest[i+1:]
		switch {
		case len(rest) == 0 || rest[0] == r.comma:
			r.endCell()
			r.doubt(opened)
			more = len(rest) > 0
			return rest[min(1, len(rest)):], more, nil
		case rest[0] == '"':
			rest = rest[1:]
		case r.line > opened.line && !opened.lone:
			opened.lone = true
			if r.swallows(opened) {
				rest, more = r.goBack(opened)
				return rest, more, nil
			}
		}
		r.text = append(r.text, '"')
	}
}

// doubt notes what makes a cell of several lines doubtful that has an end. A
// cell in front may well end in a line with as many commas as a row has.
func (r *rowReader) doubt(o opening) {
	if o.lone {
		r.note = fmt.Sprintf("line %d: quotation marks that are not doubled stand in a cell of several lines, which may be several rows", o.line)
		return
	}
	lines, rows, width := r.rowsAfter(o)
	if lines == rows && width > 2 && (lines > 2 || lines > 0 && len(r.ends) > 1) {
		r.note = fmt.Sprintf("line %d: the lines of a cell in quotation marks look like rows: does a mark not close?", o.line)
	}
}

// neverCloses ends a cell at the end of the file, or of what a row may hold,
// unless the lines that it took in look like rows.
func (r *rowReader) neverCloses(opened opening, err error) (rest []byte, more bool, _ error) {
	if r.swallows(opened) {
		rest, more = r.goBack(opened)
		return rest, more, nil
	}
	if err == errLineTooLong {
		err = errRowTooLong
	}
	if err != io.EOF {
		return nil, false, err
	}
	r.endCell()
	r.open = true
	r.note = fmt.Sprintf("line %d: a quotation mark opens and never closes: all that follows was read as one cell", opened.line)
	return nil, false, nil
}
