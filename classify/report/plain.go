package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain returns s as one line that cannot steer a terminal or hide anything on
// it: each control character, line separator and character without a width
// (marks of direction, joiners, tags) becomes a space, each byte that is not
// UTF-8 the replacement character.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return ' '
		}
		return r
	}, s)
}

// PlainRune returns what stands for a character in text of several lines: a
// space for what Plain makes one, but for line ends and tabs.
func PlainRune(r rune) rune {
	if r != '\n' && r != '\t' && steers(r) {
		return ' '
	}
	return r
}

// steers reports whether a character does anything but show itself.
func steers(r rune) bool {
	if r >= 0x3400 && r <= 0xd7ff { // Han and Hangul, none of which does
		return false
	}
	return r < ' ' || r >= 0x7f && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || blank(r))
}

// blank holds for letters that fonts show as nothing.
func blank(r rune) bool {
	return r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0
}

// escapedJSON returns JSON with every character that Plain would take as an
// escape: whoever decodes it gets what was there. Outside of strings JSON has
// no such characters but white space. It returns p itself where it has none.
func escapedJSON(p []byte) []byte {
	var out []byte
	done := 0
	for i := 0; i < len(p); {
		if p[i] >= ' ' && p[i] < 0x7f || p[i] == '\n' || p[i] == '\t' || p[i] == '\r' {
			i++
			continue
		}
		r, size := utf8.DecodeRune(p[i:])
		if steers(r) {
			out = append(out, p[done:i]...)
			out = appendEscaped(out, r)
			done = i + size
		}
		i += size
	}
	if done == 0 {
		return p
	}
	return append(out, p[done:]...)
}

func appendEscaped(out []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		return fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
	}
	return fmt.Appendf(out, `\u%04x`, r)
}
