package formats

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"

	"callscam/corpus"
)

// oneCall reads a file that holds one call and gives its lines, valid UTF-8, to
// parse.
func oneCall(src *source, parse func(*corpus.Example, []string) error) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		text, ex, err := wholeText(src)
		if err == nil {
			ex.ID = stem(src.path)
			var lines []string
			if lines, err = splitLines(text); err == nil {
				err = parse(&ex, lines)
			}
		}
		var told *Error
		if err != nil && !errors.As(err, &told) {
			err = &Error{src.path, 0, err}
		}
		yield(ex, err)
	}
}

// wholeText returns the file's text as valid UTF-8, and a call that says where
// it was not.
func wholeText(src *source) (string, corpus.Example, error) {
	var ex corpus.Example
	data, err := readAll(src.br)
	switch {
	case err == errLineTooLong:
		return "", ex, src.errorf(0, "file is larger than the limit of %d MiB a call", MaxCallBytes>>20)
	case err != nil:
		return "", ex, err
	case bytes.IndexByte(data, 0) >= 0:
		return "", ex, errBinary
	}
	text := validText(&ex, string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	return text, ex, nil
}

// MaxLines is how many lines a file or cell that holds one call may have.
const MaxLines = 2_000_000

func splitLines(text string) ([]string, error) {
	if strings.Count(text, "\n")+strings.Count(text, "\r") > MaxLines {
		return nil, fmt.Errorf("more than %d lines, which is the limit of a call", MaxLines)
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n"), nil
}
