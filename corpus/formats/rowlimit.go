package formats

import (
	"bufio"
	"bytes"
	"errors"
)

// maxCommas bounds the marks that split cells in one row, in quotation marks or
// not, since each may take memory before the row's cells can be counted.
const maxCommas = 1_000_000

var (
	errRowTooLong  = errors.New("row too long")
	errManyColumns = errors.New("too many columns")
)

// rowLimit ends with an error when a row takes more than MaxCallBytes, as one
// with a quotation mark that never closes does.
type rowLimit struct {
	r         *bufio.Reader
	comma     byte
	n, commas int
}

func (l *rowLimit) Read(p []byte) (int, error) {
	if l.n > MaxCallBytes {
		return 0, errRowTooLong
	}
	if l.commas > maxCommas {
		return 0, errManyColumns
	}
	n, err := l.r.Read(p)
	l.n += n
	l.commas += bytes.Count(p[:n], []byte{l.comma})
	return n, err
}

func (l *rowLimit) next() { l.n, l.commas = 0, 0 }
