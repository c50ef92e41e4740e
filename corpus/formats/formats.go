// Package formats reads calls as people have them written down, one file a
// transcript format, and finds out by content which format a file is in. It
// refuses to know what a call means: it gives examples, with roles only where
// the format states them.
package formats

import (
	"bufio"
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
	// MaxDepth is how deep brackets may stand in one another in JSON.
	MaxDepth   = 200
	sniffBytes = 64 << 10
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
// the format is known by; Endings are the endings such files have, in lower
// case with the dot.
type Format struct {
	Name    string
	Sign    string
	Endings []string
	// is tells from the first sniffBytes of a file, as UTF-8 without a mark,
	// whether it may be of this format.
	is   func(head []byte) bool
	read func(*source) iter.Seq2[corpus.Example, error]
	// general formats take what the others leave, so that they never compete.
	general bool
}

// All returns the formats in the order in which they are tried.
func All() []Format {
	return slices.Concat(conversationFamily(), textFamily(), jsonFamily(), general())
}

// textName is the name of the format that takes all text.
const textName = "text"

// general returns the formats that take what the others leave.
func general() []Format {
	return []Format{
		{"jsonl", "first line is one JSON object, with turns", []string{".jsonl", ".ndjson"}, isJSONL, readJSONL, true},
		{"json", "starts with { or [ and spans lines, with turns", []string{".json"}, isJSON, readJSON, true},
		{textName, "anything else that is text: header lines \"# key: value\", then \"speaker: text\" (Whisper, whisper.cpp, WhisperX)", []string{".txt"}, isText, readText, true},
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

// source is one open file on its way through a reader: UTF-8 without a mark,
// whatever the file was written in.
type source struct {
	path string
	br   *bufio.Reader
	how  reading
	// passedOver is set by a reader that gives nothing on purpose.
	passedOver bool
}

// reading says how a file is to be read.
type reading struct {
	format string // a format's name, or "auto"
	depth  int    // archives around it
	// Only files that the user named may name others; one met on a walk of
	// a folder is passed over, since the walk meets its files too.
	manifest, walked bool
	took             func(n int) // told of bytes read from the file, or nil
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
		readLayer(path, r, reading{format: name}, yield)
	}
}

// readPlain reads what is neither packed nor compressed, and reports whether
// more calls are wanted.
func readPlain(path string, r io.Reader, how reading, yield func(corpus.Example, error) bool) bool {
	rec := newRecoder(r)
	src := &source{path: path, br: bufio.NewReaderSize(rec, sniffBytes), how: how}
	head, err := src.br.Peek(sniffBytes)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return yield(corpus.Example{}, &Error{Path: path, Err: err})
	}
	format, note, err := choose(head, path, how.format)
	if err != nil {
		return yield(corpus.Example{}, &Error{Path: path, Err: err})
	}
	told := false
	for ex, err := range format.read(src) {
		told = true
		if err == nil {
			for _, w := range []string{rec.warning(), note} {
				if w != "" {
					ex.Warnings = append(ex.Warnings, w)
				}
			}
			finish(&ex, path)
		}
		if !yield(ex, err) {
			return false
		}
	}
	if !told && !src.passedOver {
		return yield(corpus.Example{}, src.errorf(0, "no calls in this %s file", format.Name))
	}
	return true
}

// finish fills in what the file's place and the call's speakers tell.
func finish(ex *corpus.Example, path string) {
	if ex.Path == "" {
		ex.Path = path
	}
	// An ID may come from a file's name, which need not be text.
	ex.ID = strings.ToValidUTF8(ex.ID, "\uFFFD")
	if ex.Label == corpus.Unlabelled {
		ex.Label = corpus.LabelOfPath(path)
	}
	for i := range ex.Turns {
		if t := &ex.Turns[i]; t.Role == corpus.Unknown {
			t.Role = corpus.RoleOf(t.Speaker)
		}
	}
	flagJunk(ex)
	flagRedaction(ex)
	ex.Warnings = unrepeated(ex.Warnings)
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
