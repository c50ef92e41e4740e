package formats

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"callscam/corpus"
)

// shape is a JSON format whose files are known by their keys.
type shape struct {
	name, sign string
	// is looks at a document, which may be cut off at its end.
	is func(doc outline) bool
	// whole reports whether a list is one call; nil where each item is one.
	whole func(item outline) bool
	// calls parts a document that holds several; nil where it is one call.
	calls func(doc value) iter.Seq[value]
	read  func(d *draft, call value)
}

// recognise returns the shape of a document or of an array of documents.
func recognise(doc value) (s shape, array, ok bool) {
	item := doc
	if doc.kind() == '[' {
		item = doc.first()
	}
	o := outlineOf(item)
	if o == nil {
		return shape{}, false, false
	}
	for _, s := range shapes() {
		if doc.kind() == '[' && s.whole != nil && s.whole(o) {
			return s, false, true
		}
		if s.is(o) {
			return s, doc.kind() == '[', true
		}
	}
	return shape{}, false, false
}

func (s shape) format() Format {
	return Format{
		Name:    s.name,
		Sign:    s.sign,
		Endings: []string{".json"},
		is: func(head []byte) bool {
			found, _, ok := recognise(sniffed(head))
			return ok && found.name == s.name
		},
		read: func(src *source) iter.Seq2[corpus.Example, error] { return readDocuments(src, s) },
	}
}

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
	for ; ; line++ {
		switch {
		case err == io.EOF:
			return
		case err == errLineTooLong:
			if !yield(corpus.Example{}, src.errorf(line, "line is longer than the limit of %d MiB a call", MaxCallBytes>>20)) {
				return
			}
		case err != nil:
			yield(corpus.Example{}, &Error{src.path, line, err})
			return
		case len(bytes.TrimSpace(data)) > 0:
			if !yieldDocument(src, s, data, line, fmt.Sprintf("%s:%d", stem(src.path), line), yield) {
				return
			}
		}
		data, err = readLine(src.br, data)
	}
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

// parts yields a document's calls, and whether it is of the kind that holds
// several.
func (s shape) parts(doc value) iter.Seq2[value, bool] {
	return func(yield func(value, bool) bool) {
		found, array, ok := recognise(doc)
		if doc.kind() != '[' || ok && found.name == s.name && !array {
			s.split(doc, false, yield)
			return
		}
		several := atLeast(2, doc.items())
		for item := range doc.items() {
			if !s.split(item, several, yield) {
				return
			}
		}
	}
}

func (s shape) split(doc value, several bool, yield func(value, bool) bool) bool {
	if s.calls == nil {
		return yield(doc, several)
	}
	several = several || atLeast(2, s.calls(doc))
	for call := range s.calls(doc) {
		if !yield(call, several) {
			return false
		}
	}
	return true
}

// atLeast reports whether there are n values or more.
func atLeast(n int, values iter.Seq[value]) bool {
	for range values {
		if n--; n == 0 {
			return true
		}
	}
	return false
}

const (
	warnLenient = "not strict JSON: comments, control characters in strings, NaN or commas at the end of lists were passed over"
	warnCurly   = "not strict JSON: curly quotation marks were read as straight ones"
)

var straighten = strings.NewReplacer("“", `"`, "”", `"`)

// parseDocument returns a document that can be walked, mended as far as real
// files need it.
func parseDocument(data []byte) (doc value, warnings []string, err error) {
	clean := bytes.TrimSpace(bytes.ToValidUTF8(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), []byte("\uFFFD")))
	if bytes.Count(clean, []byte("\uFFFD")) > bytes.Count(data, []byte("\uFFFD")) {
		warnings = append(warnings, warnUTF8)
	}
	if checkJSON(clean, false) == nil {
		return value(clean), warnings, nil
	}
	if err = checkJSON(clean, true); err == nil {
		return firstValue(clean), append(warnings, warnLenient), nil
	}
	if curly(clean) {
		straight := []byte(straighten.Replace(string(clean)))
		if err = checkJSON(straight, true); err == nil {
			return firstValue(straight), append(warnings, warnCurly), nil
		}
	}
	return nil, nil, err
}

// sniffed returns the document that a file begins with.
func sniffed(head []byte) value {
	if curly(head) {
		head = []byte(straighten.Replace(string(head)))
	}
	return firstValue(head)
}

// curly reports whether the first key stands in curly quotation marks, as in
// examples that were pasted from a web page.
func curly(doc []byte) bool {
	i := skipSpace(doc, 0)
	for i < len(doc) && (doc[i] == '{' || doc[i] == '[') {
		i = skipSpace(doc, i+1)
	}
	return bytes.HasPrefix(doc[i:], []byte("“")) || bytes.HasPrefix(doc[i:], []byte("”"))
}
