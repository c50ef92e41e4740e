package formats

import (
	"bytes"
	"fmt"
)

// syntaxError is the first place at which a text is not JSON.
type syntaxError struct {
	at   int
	want string
}

func (e *syntaxError) Error() string {
	return fmt.Sprintf("broken JSON at byte %d: want %s", e.at, e.want)
}

// checker walks over one JSON value without keeping anything of it. A lenient
// checker also passes what recognisers and people really leave behind: raw
// control characters in strings, comments, commas before a closing bracket,
// and the numbers NaN and Infinity.
type checker struct {
	data    []byte
	lenient bool
	failed  *syntaxError
}

// checkJSON returns nil when data is one JSON value and nothing else. It
// refuses what is nested deeper than MaxDepth.
func checkJSON(data []byte, lenient bool) error {
	c := checker{data: data, lenient: lenient}
	i, ok := c.value(c.space(0), 0)
	if ok {
		if i = c.space(i); i == len(data) {
			return nil
		}
		c.fail(i, "the end of the value")
	}
	return c.failed
}

func (c *checker) fail(at int, want string) (int, bool) {
	c.failed = &syntaxError{at, want}
	return at, false
}

func (c *checker) at(i int) byte {
	if i < len(c.data) {
		return c.data[i]
	}
	return 0
}

func (c *checker) space(i int) int {
	if c.lenient {
		return skipSpace(c.data, i)
	}
	for i < len(c.data) && isSpace(c.data[i]) {
		i++
	}
	return i
}

func (c *checker) value(i, depth int) (int, bool) {
	if depth > MaxDepth {
		return c.fail(i, fmt.Sprintf("at most %d levels of nesting, which is the limit", MaxDepth))
	}
	switch b := c.at(i); {
	case b == '{' || b == '[':
		return c.inside(i, b+2, depth+1)
	case b == '"':
		return c.quoted(i)
	case b == '-' || b >= '0' && b <= '9':
		return c.number(i)
	}
	words := []string{"true", "false", "null"}
	if c.lenient {
		words = append(words, "NaN", "Infinity", "undefined")
	}
	for _, word := range words {
		if bytes.HasPrefix(c.data[i:], []byte(word)) {
			return i + len(word), true
		}
	}
	return c.fail(i, "a value")
}

// inside walks over the rest of an object or array. Both closing brackets
// stand two places after their opening ones in ASCII.
func (c *checker) inside(i int, closing byte, depth int) (int, bool) {
	ok := true
	for first := true; ; first = false {
		i = c.space(i + 1)
		if c.at(i) == closing && (first || c.lenient) {
			return i + 1, true
		}
		if closing == '}' {
			if c.at(i) != '"' {
				return c.fail(i, "a key in quotation marks")
			}
			if i, ok = c.quoted(i); !ok {
				return i, false
			}
			if i = c.space(i); c.at(i) != ':' {
				return c.fail(i, "a colon")
			}
			i = c.space(i + 1)
		}
		if i, ok = c.value(i, depth); !ok {
			return i, false
		}
		i = c.space(i)
		if c.at(i) == closing {
			return i + 1, true
		}
		if c.at(i) != ',' {
			return c.fail(i, "a comma or "+string(closing))
		}
	}
}

func (c *checker) quoted(i int) (int, bool) {
	for i++; i < len(c.data); i++ {
		if plainByte[c.data[i]] {
			continue
		}
		switch b := c.data[i]; {
		case b == '"':
			return i + 1, true
		case b == '\\':
			n := escapeLen(c.data[i:])
			if n == 0 {
				return c.fail(i, "an escape that JSON knows")
			}
			i += n - 1
		case b < ' ' && !c.lenient:
			return c.fail(i, "an escape in place of a control character")
		}
	}
	return c.fail(i, "a closing quotation mark")
}

// plainByte is the bytes that stand for themselves in a string.
var plainByte = func() (plain [256]bool) {
	for b := range plain {
		plain[b] = b >= ' ' && b != '"' && b != '\\'
	}
	return plain
}()

// escapeLen returns the length of the escape at the start of s, or 0.
func escapeLen(s []byte) int {
	if len(s) < 2 {
		return 0
	}
	if s[1] == 'u' {
		if _, ok := hex4(s); ok {
			return 6
		}
		return 0
	}
	if escapes[s[1]] == 0 {
		return 0
	}
	return 2
}

func (c *checker) number(i int) (int, bool) {
	if c.at(i) == '-' {
		i++
	}
	if c.lenient && bytes.HasPrefix(c.data[i:], []byte("Infinity")) {
		return i + len("Infinity"), true
	}
	digits := c.digits(i)
	if digits == i || c.at(i) == '0' && digits > i+1 {
		return c.fail(i, "a number as JSON writes it")
	}
	i = digits
	if c.at(i) == '.' {
		if digits = c.digits(i + 1); digits == i+1 {
			return c.fail(i, "a digit after the point")
		}
		i = digits
	}
	if c.at(i)|0x20 == 'e' {
		i++
		if c.at(i) == '+' || c.at(i) == '-' {
			i++
		}
		if digits = c.digits(i); digits == i {
			return c.fail(i, "a digit in the exponent")
		}
		i = digits
	}
	return i, true
}

func (c *checker) digits(i int) int {
	for c.at(i) >= '0' && c.at(i) <= '9' {
		i++
	}
	return i
}
