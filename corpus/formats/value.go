package formats

import (
	"bytes"
	"iter"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
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

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

// skipSpace passes white space and comments.
func skipSpace(s []byte, i int) int {
	for i < len(s) {
		switch {
		case isSpace(s[i]):
			i++
		case s[i] == '/' && i+1 < len(s) && s[i+1] == '/':
			i = skipTo(s, i, "\n")
		case s[i] == '/' && i+1 < len(s) && s[i+1] == '*':
			i = skipTo(s, i+2, "*/")
		default:
			return i
		}
	}
	return len(s)
}

func skipTo(s []byte, i int, end string) int {
	if n := bytes.Index(s[i:], []byte(end)); n >= 0 {
		return i + n + len(end)
	}
	return len(s)
}

func skipComma(s []byte, i int) int {
	if i = skipSpace(s, i); i < len(s) && s[i] == ',' {
		i = skipSpace(s, i+1)
	}
	return i
}

// skipString passes a string. In what is cut off it ends at the end.
func skipString(s []byte, i int) int {
	for start := i + 1; ; {
		n := bytes.IndexByte(s[i+1:], '"')
		if n < 0 {
			return len(s)
		}
		i += 1 + n
		slashes := 0
		for i-1-slashes >= start && s[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// structural are the bytes that matter when values are passed over, a slash
// since it may begin a comment.
var structural = [256]bool{'"': true, '{': true, '}': true, '[': true, ']': true, '/': true}

// skipValue passes one value, looking at strings and brackets alone.
func skipValue(s []byte, i int) int {
	for depth := 0; i < len(s); {
		switch b := s[i]; {
		case b == '"':
			i = skipString(s, i)
		case b == '{' || b == '[':
			depth++
			i++
		case b == '}' || b == ']':
			if depth == 0 {
				return i
			}
			depth--
			i++
		case depth > 0:
			i = max(i+1, skipSpace(s, i))
			for i < len(s) && !structural[s[i]] {
				i++
			}
			continue
		default:
			return skipPlain(s, i)
		}
		if depth == 0 {
			return i
		}
	}
	return len(s)
}

// skipPlain passes a number or word.
func skipPlain(s []byte, i int) int {
	for i < len(s) && !structural[s[i]] && !isSpace(s[i]) && s[i] != ',' && s[i] != ':' {
		i++
	}
	return i
}

// unquote returns the text of a JSON string; a half of a surrogate pair
// becomes the replacement character.
func unquote(s []byte) string {
	s = bytes.TrimSuffix(s[1:], []byte(`"`))
	at := bytes.IndexByte(s, '\\')
	if at < 0 {
		return string(s)
	}
	out := make([]byte, 0, len(s))
	for at >= 0 {
		out = append(out, s[:at]...)
		var n int
		out, n = appendEscape(out, s[at:])
		s = s[at+n:]
		at = bytes.IndexByte(s, '\\')
	}
	return string(append(out, s...))
}

var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// appendEscape appends what the escape at the start of s stands for, and
// returns its length.
func appendEscape(out, s []byte) ([]byte, int) {
	if len(s) < 2 {
		return out, len(s)
	}
	if s[1] != 'u' {
		return append(out, escapes[s[1]]), 2
	}
	r, ok := hex4(s)
	if !ok {
		return utf8.AppendRune(out, utf8.RuneError), min(len(s), 6)
	}
	if utf16.IsSurrogate(r) {
		if low, ok := hex4(s[6:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return utf8.AppendRune(out, pair), 12
			}
		}
	}
	return utf8.AppendRune(out, r), 6
}

// hex4 reads the escape \uXXXX at the start of s.
func hex4(s []byte) (r rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for _, b := range s[2:6] {
		switch {
		case b >= '0' && b <= '9':
			r = r<<4 | rune(b-'0')
		case b|0x20 >= 'a' && b|0x20 <= 'f':
			r = r<<4 | rune(b|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
