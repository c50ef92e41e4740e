package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"callscam/corpus"
)

const fastTextMark = "__label__"

func isFastText(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(head), []byte(fastTextMark))
}

// readFastText reads a call a line: its labels, then its text.
func readFastText(src *source) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		var buf []byte
		for line := 1; ; line++ {
			data, err := readLine(src.br, buf)
			buf = data
			switch {
			case err == io.EOF:
				return
			case err == errLineTooLong:
				err = src.errorf(line, "line is longer than the limit of %d MiB a call", MaxCallBytes>>20)
			case err != nil:
				yield(corpus.Example{}, &Error{src.path, line, err})
				return
			case len(bytes.TrimSpace(data)) == 0:
				continue
			}
			var ex corpus.Example
			if err == nil {
				if ex, err = fastTextCall(data); err != nil {
					err = &Error{src.path, line, err}
				}
				ex.ID = fmt.Sprintf("%s:%d", stem(src.path), line)
			}
			if !yield(ex, err) {
				return
			}
		}
	}
}

func fastTextCall(data []byte) (corpus.Example, error) {
	var ex corpus.Example
	text := strings.TrimSpace(validText(&ex, string(data)))
	for strings.HasPrefix(text, fastTextMark) {
		name, rest, _ := strings.Cut(text, " ")
		text = strings.TrimSpace(rest)
		setLabel(&ex, strings.TrimPrefix(name, fastTextMark))
	}
	if text == "" {
		return ex, errors.New("no text after the label")
	}
	var err error
	ex.Turns, err = cellTurns(text)
	return ex, err
}
