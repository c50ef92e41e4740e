// Package corpus says what a call is: a transcript of turns, its label, and a
// labelled collection of such calls. It knows nothing of file formats, of
// what can be seen in a call, or of how calls are scored.
package corpus

import "unicode/utf8"

// NoTime stands for a time that the transcript does not give, which is not
// the same as zero.
const NoTime int64 = -1

// Transcript is one call. ID and Path identify it to people; nothing that
// scores reads them.
type Transcript struct {
	ID       string
	Path     string
	Lang     string // "en", "zh" or "" where it is not known
	Turns    []Turn
	Warnings []string
}

// Turn is unbroken speech by one speaker. Start and End are milliseconds from
// the beginning of the call, or NoTime.
type Turn struct {
	Speaker string
	Role    Role
	Text    string
	Start   int64
	End     int64
}

// Span is a half-open byte range [Start, End) of one turn's text.
type Span struct{ Start, End int }

// Language returns the transcript's language, or, where the file did not say,
// the one its script suggests: "zh" when it has at least one Han character,
// which is worth about four letters, for every four letters of others.
func (t *Transcript) Language() string {
	if t.Lang != "" {
		return t.Lang
	}
	han, letters := 0, 0
	for i := range t.Turns {
		h, l := countScripts(t.Turns[i].Text)
		han, letters = han+h, letters+l
	}
	return languageOf(han, letters)
}

// Languages returns, for each turn, the language of the transcript cut off
// after it.
func (t *Transcript) Languages() []string {
	out := make([]string, len(t.Turns))
	han, letters := 0, 0
	for i := range t.Turns {
		if out[i] = t.Lang; t.Lang == "" {
			h, l := countScripts(t.Turns[i].Text)
			han, letters = han+h, letters+l
			out[i] = languageOf(han, letters)
		}
	}
	return out
}

func languageOf(han, letters int) string {
	if han > 0 && han*4 >= letters {
		return "zh"
	}
	return "en"
}

func countScripts(s string) (han, letters int) {
	for _, r := range s {
		switch {
		case r >= utf8.RuneSelf && IsHan(r):
			han++
		case r|0x20 >= 'a' && r|0x20 <= 'z':
			letters++
		}
	}
	return han, letters
}

// IsHan reports whether r is a Han character.
func IsHan(r rune) bool {
	return r >= 0x3400 && (r <= 0x4dbf || r >= 0x4e00 && r <= 0x9fff ||
		r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff)
}
