package formats

import "bytes"

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
