package formats

import (
	"bytes"
	"fmt"
)

// opening is where a quotation mark opened a cell: the end of its line, counted
// from the beginning of the row, the line's number, the length of the row's
// text up to there and that of the line from the mark on. Lone is set when a
// mark that is not doubled was met in a later line.
type opening struct {
	at, line, text, length int
	lone                   bool
}

// opened returns the line of an opening mark from the mark on.
func (r *rowReader) opened(o opening) []byte {
	end := r.begin + o.at - 1
	return r.lines[end-o.length : end]
}

// swallows reports whether the cell takes in what look like rows of their own.
func (r *rowReader) swallows(o opening) bool {
	if r.at == r.begin+o.at {
		return true
	}
	if len(r.ends)+r.more+r.literalCells(r.opened(o)) < r.width {
		return false
	}
	lines, rows, width := r.rowsAfter(o)
	return width > 1 && rows*3 >= lines*2
}

// rowsAfter counts the first lines after the opening one, and those among them
// that have as many cells as rows have.
func (r *rowReader) rowsAfter(o opening) (lines, rows, width int) {
	const enough = 20
	width = r.width
	for rest := r.lines[r.begin+o.at : r.at]; len(rest) > 0 && lines < enough; {
		var line []byte
		if line, rest, _ = bytes.Cut(rest, []byte("\n")); len(line) == 0 {
			continue
		}
		n := r.literalCells(line)
		if width == 0 {
			width = n
		}
		if lines++; n == width {
			rows++
		}
	}
	return lines, rows, width
}

// literalCells counts the cells of one line in which a quotation mark that
// does not close is a sign like others.
func (r *rowReader) literalCells(line []byte) int {
	n := 0
	for more := true; more; n++ {
		_, line, more = r.literalCell(line)
	}
	return n
}

// literalCell cuts off one of them, with its quotation marks.
func (r *rowReader) literalCell(line []byte) (cell, rest []byte, more bool) {
	n := r.closing(line)
	if i := bytes.IndexByte(line[n:], r.comma); i >= 0 {
		return line[:n+i], line[n+i+1:], true
	}
	return line, nil, false
}

// closing returns where the cell in quotation marks ends that a line begins
// with, or 0 where it does not end in this line.
func (r *rowReader) closing(line []byte) int {
	if len(line) == 0 || line[0] != '"' {
		return 0
	}
	for i := 1; i < len(line); i++ {
		switch {
		case line[i] != '"':
		case i+1 == len(line) || line[i+1] == r.comma:
			return i + 1
		case line[i+1] == '"':
			i++
		}
	}
	return 0
}

// goBack reads the line of an opening mark once more, with the mark as a sign
// of the text, and leaves the lines after it to be read as rows. Commas beyond
// those of a row belong to the cell, for their sake it had marks.
func (r *rowReader) goBack(o opening) (rest []byte, more bool) {
	r.rescans += r.at - r.begin - o.at
	r.at, r.line, r.text, r.open = r.begin+o.at, o.line, r.text[:o.text], true
	r.note = fmt.Sprintf("line %d: a quotation mark opens and never closes: it was read as a part of the text", o.line)
	line := r.opened(o)
	extra := 0
	if r.width > 0 {
		extra = len(r.ends) + r.more + r.literalCells(line) - r.width
	}
	cell, rest, more := r.literalCell(line)
	for ; extra > 0 && more; extra-- {
		r.text = append(append(r.text, cell...), r.comma)
		cell, rest, more = r.literalCell(rest)
	}
	r.text = append(r.text, cell...)
	r.endCell()
	return rest, more
}
