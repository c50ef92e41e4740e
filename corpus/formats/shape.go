package formats

import (
	"iter"

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
