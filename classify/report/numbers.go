package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

type unitKind uint8

const (
	otherUnit   unitKind = iota // ends a number
	digitUnit                   // is part of one
	betweenUnit                 // may stand inside one
	markUnit                    // may stand inside one, and counts for nothing
)

// unit is a word, a Han character, a mark or a run of digits and the letters
// that cling to it.
type unit struct {
	corpus.Span
	kind   unitKind
	digits int
	tens   bool // a word such as "twenty", to which the next one belongs
}

// numbers returns where a text has numbers of at least so many digits, written
// or spoken, from their first digit to their last.
func numbers(text string, least int) []corpus.Span {
	var spans []corpus.Span
	run := digitRun{least: least}
	whole := true
	for at := 0; at < len(text); {
		u := nextUnit(text, at)
		at = u.End
		whole = whole && u.kind != otherUnit
		if s, ok := run.take(text, u); ok {
			spans = append(spans, s)
		}
	}
	if whole && run.digits > 0 {
		run.least = 1
	}
	if s, ok := run.end(text); ok {
		spans = append(spans, s)
	}
	return spans
}

// digitRun is a run of digits on its way.
type digitRun struct {
	corpus.Span
	digits, between, least int
	open, tens             bool
}

// take adds a unit, and returns the number that it ends, if any.
func (n *digitRun) take(text string, u unit) (corpus.Span, bool) {
	switch u.kind {
	case digitUnit:
		if !n.open {
			n.Span, n.open = u.Span, true
		}
		n.End, n.between = u.End, 0
		if !n.tens || u.digits != 1 {
			n.digits += u.digits
		}
		n.tens = u.tens
		return corpus.Span{}, false
	case markUnit:
		return corpus.Span{}, false
	case betweenUnit:
		n.tens = false
		if n.between++; n.between <= mostBetween {
			return corpus.Span{}, false
		}
	}
	return n.end(text)
}

func (n *digitRun) end(text string) (corpus.Span, bool) {
	s, digits := n.Span, n.digits
	found := n.open && digits >= n.least && !isAmount(text, s, digits)
	*n = digitRun{least: n.least}
	return s, found
}

var clockTime = regexp.MustCompile(`^(?:[01]?\d|2[0-3])[:：][0-5]\d(?:am|pm|\b)`)

func nextUnit(text string, at int) unit {
	r, size := utf8.DecodeRuneInString(text[at:])
	u := unit{Span: corpus.Span{Start: at, End: at + size}}
	switch {
	case corpus.IsHan(r) || r == '〇':
		switch {
		case strings.ContainsRune(hanDigits, r):
			u.kind, u.digits = digitUnit, 1
		case strings.ContainsRune(betweenHan, r):
			u.kind = betweenUnit
		}
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		if clock := clockTime.FindString(text[at:min(len(text), at+8)]); clock != "" {
			u.End = at + len(clock)
			break
		}
		wordUnit(text, &u)
	case strings.ContainsRune(betweenMarks, r) && size > 0:
		u.kind = markUnit
	}
	return u
}

// wordUnit reads the word that begins at the unit's start. A word with digits
// in it is a number as a whole: codes and plates have letters.
func wordUnit(text string, u *unit) {
	u.End = u.Start
	for i, r := range text[u.Start:] {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' || corpus.IsHan(r) {
			break
		}
		if unicode.IsDigit(r) {
			u.digits++
		}
		u.End = u.Start + i + utf8.RuneLen(r)
	}
	word := strings.ToLower(text[u.Start:u.End])
	digits, spoken := numberWords[word]
	switch {
	case u.digits > 0:
		u.kind = digitUnit
	case spoken:
		u.kind, u.digits, u.tens = digitUnit, digits, strings.HasSuffix(word, "ty")
	case betweenWords[word] || utf8.RuneCountInString(word) == 1:
		u.kind = betweenUnit
	}
}
