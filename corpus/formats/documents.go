package formats

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"iter"

	"callscam/corpus"
)

// readDocuments reads one document, or one on each line.
func readDocuments(src *source, s shape) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		first, line, err := firstLine(src.br)
		var whole value
		if err == nil {
			if whole, _, err = parseDocument(first); err != nil {
				readWhole(src, s, first, line, yield)
				return
			}
		}
		if err == nil && len(whole) > 0 && isLast(src.br) {
			yieldDocument(src, s, first, line, stem(src.path), yield)
			return
		}
		readLines(src, s, first, line, err, yield)
	}
}

// firstLine returns the first line that is not blank, and its number.
func firstLine(br *bufio.Reader) (data []byte, line int, err error) {
	for line = 1; ; line++ {
		data, err = readLine(br, nil)
		if err != nil || len(bytes.TrimSpace(data)) > 0 {
			return data, line, err
		}
	}
}

// isLast reports whether nothing but white space follows.
func isLast(br *bufio.Reader) bool {
	for {
		b, err := br.ReadByte()
		if err != nil {
			return true
		}
		if !isSpace(b) {
			return br.UnreadByte() != nil
		}
	}
}

// readWhole reads a document that spans lines, of which the first was read.
func readWhole(src *source, s shape, first []byte, line int, yield func(corpus.Example, error) bool) {
	rest, err := readAll(src.br)
	if err == errLineTooLong || len(first)+len(rest) > MaxCallBytes {
		yield(corpus.Example{}, src.errorf(0, "file is larger than the limit of %d MiB: write one call a line instead", MaxCallBytes>>20))
		return
	}
	if err != nil {
		yield(corpus.Example{}, &Error{src.path, 0, err})
		return
	}
	data := append(append(first, '\n'), rest...)
	yieldDocument(src, s, data, line, stem(src.path), yield)
}

func readLines(src *source, s shape, data []byte, line int, err error, yield func(corpus.Example, error) bool) {
	eachLine(src, data, line, err, yield, func(data []byte, line int) bool {
		return yieldDocument(src, s, data, line, fmt.Sprintf("%s:%d", stem(src.path), line), yield)
	})
}

// yieldDocument yields the calls of a document that begins on a line. A call
// of its own takes the name; several take what they are called in the
// document, or the name with a number.
func yieldDocument(src *source, s shape, data []byte, line int, name string, yield func(corpus.Example, error) bool) bool {
	doc, warnings, err := parseDocument(data)
	if err != nil {
		var broken *syntaxError
		if errors.As(err, &broken) {
			line += bytes.Count(data[:min(broken.at, len(data))], []byte("\n"))
		}
		return yield(corpus.Example{}, &Error{src.path, line, err})
	}
	n := 0
	for part, several := range s.parts(doc) {
		n++
		d := draft{}
		s.read(&d, part)
		ex, err := d.call(s.sign)
		switch {
		case err != nil && several:
			err = src.errorf(line, "call %d: %w", n, err)
		case err != nil:
			err = &Error{src.path, 0, err}
		case several && ex.ID == "":
			ex.ID = fmt.Sprintf("%s:%d", name, n)
		case !several && (ex.ID == "" || name == stem(src.path)):
			ex.ID = name
		}
		ex.Warnings = append(ex.Warnings, warnings...)
		if !yield(ex, err) {
			return false
		}
	}
	if n == 0 {
		return yield(corpus.Example{}, src.errorf(line, "no calls: want %s", s.sign))
	}
	return true
}
