// Package formats reads calls as people have them written down, one file a
// transcript format, and finds out by content which format a file is in. It
// refuses to know what a call means: it gives examples, with roles only where
// the format states them.
package formats

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"callscam/corpus"
)

// Limits on what one call may take. Beyond them a file or line is refused with
// a sentence that names the limit.
const (
	MaxCallBytes = 32 << 20
	MaxTurns     = 200_000
	sniffBytes   = 4096
)

// Error is one call that could not be read. Line counts from 1, and is 0
// where the whole file is meant.
type Error struct {
	Path string
	Line int
	Err  error
}

// Error returns "file:line: what was wrong".
func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Format is one way of writing calls down. Sign says in words what a file of
// the format is known by.
type Format struct {
	Name string
	Sign string
	is   func(head []byte) bool
	read func(*source) iter.Seq2[corpus.Example, error]
}

// All returns the formats in the order in which they are tried.
func All() []Format {
	return []Format{
		{"jsonl", "first line is one JSON object", isJSONL, readJSONL},
		{"json", "starts with { or [ and spans lines", isJSON, readJSON},
		{"text", "anything else that is text: header lines \"# key: value\", then \"speaker: text\"", isText, readText},
	}
}

// Names returns the formats' names.
func Names() []string {
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	return names
}

// CheckName returns an error unless name is a format's or "auto".
func CheckName(name string) error {
	if name == "auto" || name == "" || slices.Contains(Names(), name) {
		return nil
	}
	return fmt.Errorf("unknown format %q: want auto, %s", name, strings.Join(Names(), ", "))
}

// source is one open file on its way through a reader.
type source struct {
	path string
	br   *bufio.Reader
}

func (s *source) errorf(line int, format string, args ...any) error {
	return &Error{Path: s.path, Line: line, Err: fmt.Errorf(format, args...)}
}

var (
	errEmpty  = errors.New("empty file: want a call transcript")
	errBinary = errors.New("binary file: want a call transcript as text or JSON")
)

// Read yields the calls of one file, in order. Every error is an *Error about
// one call or the rest of the file; reading goes on after it where it can.
// Name is "auto" or a format's name.
func Read(path string, r io.Reader, name string) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		src := &source{path: path, br: bufio.NewReaderSize(r, 1<<16)}
		head, err := src.br.Peek(sniffBytes)
		if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
			yield(corpus.Example{}, &Error{Path: path, Err: err})
			return
		}
		format, err := choose(head, name)
		if err != nil {
			yield(corpus.Example{}, &Error{Path: path, Err: err})
			return
		}
		for ex, err := range format.read(src) {
			if err == nil {
				finish(&ex, path)
			}
			if !yield(ex, err) {
				return
			}
		}
	}
}

func choose(head []byte, name string) (Format, error) {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(head)) == 0 {
		return Format{}, errEmpty
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return Format{}, errBinary
	}
	for _, f := range All() {
		if f.Name == name || (name == "auto" || name == "") && f.is(head) {
			return f, nil
		}
	}
	if err := CheckName(name); err != nil {
		return Format{}, err
	}
	return Format{}, errBinary
}

// finish fills in what the file's place and the call's speakers tell.
func finish(ex *corpus.Example, path string) {
	ex.Path = path
	if ex.Label == corpus.Unlabelled {
		ex.Label = corpus.LabelOfPath(path)
	}
	for i := range ex.Turns {
		if t := &ex.Turns[i]; t.Role == corpus.Unknown {
			t.Role = corpus.RoleOf(t.Speaker)
		}
	}
}

// validText returns s as valid UTF-8 and notes in the call when it was not.
func validText(ex *corpus.Example, s string) string {
	clean := strings.ToValidUTF8(s, "\uFFFD")
	if clean != s && !slices.Contains(ex.Warnings, warnUTF8) {
		ex.Warnings = append(ex.Warnings, warnUTF8)
	}
	return clean
}

const warnUTF8 = "not valid UTF-8: unreadable bytes were replaced"
