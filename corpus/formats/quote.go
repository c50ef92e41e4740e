package formats

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

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
