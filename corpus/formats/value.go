package formats

import (
	"iter"
	"math"
	"strconv"
	"strings"
)

// value is one JSON value as it stands in the file, perhaps cut off at its
// end, and nil where there is none. Nothing is decoded before it is asked for,
// so that a file takes little more memory than its bytes. What is asked of a
// value of another kind gives nothing.
type value []byte

// firstValue returns the value that text begins with.
func firstValue(text []byte) value {
	i := skipSpace(text, 0)
	if i == len(text) {
		return nil
	}
	return value(text[i:skipValue(text, i)])
}

// kind returns '{', '[', '"', '0' for a number, 'w' for a word such as null,
// or 0 for no value.
func (v value) kind() byte {
	switch {
	case len(v) == 0:
		return 0
	case v[0] == '{' || v[0] == '[' || v[0] == '"':
		return v[0]
	case v[0] == '-' || v[0] >= '0' && v[0] <= '9':
		return '0'
	}
	return 'w'
}

// fields yields an object's keys, as written between their quotation marks,
// and values in order.
func (v value) fields() iter.Seq2[[]byte, value] {
	return func(yield func([]byte, value) bool) {
		if v.kind() != '{' {
			return
		}
		for i := skipSpace(v, 1); i < len(v) && v[i] == '"'; {
			end := skipString(v, i)
			if end <= i+1 || v[end-1] != '"' {
				return
			}
			key := v[i+1 : end-1]
			if i = skipSpace(v, end); i == len(v) || v[i] != ':' {
				return
			}
			i = skipSpace(v, i+1)
			end = skipValue(v, i)
			if i == end || !yield(key, v[i:end]) {
				return
			}
			i = skipComma(v, end)
		}
	}
}

// items yields an array's values in order.
func (v value) items() iter.Seq[value] {
	return func(yield func(value) bool) {
		if v.kind() != '[' {
			return
		}
		for i := skipSpace(v, 1); i < len(v) && v[i] != ']'; {
			end := skipValue(v, i)
			if i == end || !yield(v[i:end]) {
				return
			}
			i = skipComma(v, end)
		}
	}
}

// get follows keys from object to object.
func (v value) get(path ...string) value {
	for _, key := range path {
		var next value
		for k, field := range v.fields() {
			if string(k) == key {
				next = field
				break
			}
		}
		v = next
	}
	return v
}

// any returns the first of the keys that the object has with a value that is
// not null.
func (v value) any(keys ...string) value {
	for _, key := range keys {
		if got := v.get(key); got != nil && string(got) != "null" {
			return got
		}
	}
	return nil
}

// has reports whether the object has all of the keys.
func (v value) has(keys ...string) bool {
	for _, key := range keys {
		if v.get(key) == nil {
			return false
		}
	}
	return true
}

// first returns the array's first value.
func (v value) first() value {
	for item := range v.items() {
		return item
	}
	return nil
}

// text returns a string's text, or a number as it is written.
func (v value) text() string {
	switch v.kind() {
	case '"':
		return unquote(v)
	case '0':
		return string(v)
	}
	return ""
}

// line returns the text without space around it.
func (v value) line() string { return strings.TrimSpace(v.text()) }

// number returns a number, also one that is written as a string, or nil.
func (v value) number() *float64 {
	f, err := strconv.ParseFloat(v.line(), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return &f
}
