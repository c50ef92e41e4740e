package features

import (
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// Recognisers write Chinese by sound: 验正码 for 验证码, 共想屏幕 for 共享屏幕.
// Runs of minSoundRun or more Han characters in a pattern therefore also match
// with one character that sounds like the pattern's. Shorter runs do not: too
// many words share two syllables. The readings are those of go-pinyin, which
// is a plain table of 0.9 MB; only its table is used, since its functions
// compile regular expressions for what is a look-up here.
const minSoundRun = 3

// sounds returns the folded readings of a Han character.
func sounds(han string) []string {
	r, _ := utf8.DecodeRuneInString(han)
	readings := pinyin.PinyinDict[int(r)]
	if readings == "" {
		return nil
	}
	var out []string
	for _, reading := range strings.Split(readings, ",") {
		out = append(out, foldSound(reading))
	}
	return out
}

// foldSound drops the tone and what accents and recognisers confuse: zh and z,
// ch and c, sh and s; n and ng at the end.
func foldSound(reading string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(reading) {
		if r >= 'a' && r <= 'z' {
			b.WriteRune(r)
		}
	}
	s := b.String()
	for _, initial := range []string{"zh", "ch", "sh"} {
		if strings.HasPrefix(s, initial) {
			s = initial[:1] + s[2:]
		}
	}
	for _, final := range []string{"ing", "eng", "ang"} {
		if strings.HasSuffix(s, final) {
			s = s[:len(s)-1]
		}
	}
	return s
}
