package formats

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"callscam/corpus"
)

// The escaped text form is the text form without guessing, for calls that
// would else be read differently. Its first line is escapedMark. The header
// ends at the first blank line; then each line is one turn,
//
//	[start-end] speaker <role>: text
//
// of which only the colon, a space and the text must be there. A time is
// [hours:]minutes:seconds[.milliseconds] or ?. A backslash begins an escape:
// \n and \r are line ends, \u{7F} is a character by its number, and any other
// character after it stands for itself.
const escapedMark = "# escaped: yes"

func escapedText(ex *corpus.Example) []byte {
	var b bytes.Buffer
	fmt.Fprintln(&b, escapedMark)
	writeHeader(&b, ex, escape)
	for i := range ex.Turns {
		t := &ex.Turns[i]
		if t.Start != corpus.NoTime || t.End != corpus.NoTime {
			fmt.Fprintf(&b, "[%s-%s] ", clockOrUnknown(t.Start), clockOrUnknown(t.End))
		}
		b.WriteString(escape(t.Speaker, "[]<>:"))
		if t.Role != corpus.RoleOf(t.Speaker) && t.Role != corpus.Unknown {
			fmt.Fprintf(&b, " <%s>", t.Role)
		}
		b.WriteString(": " + escape(t.Text, "") + "\n")
	}
	return b.Bytes()
}

func clockOrUnknown(ms int64) string {
	if ms == corpus.NoTime {
		return "?"
	}
	return clockText(ms)
}

// escape writes a backslash before itself and the special characters, control
// characters by name or number, and white space that is special or at either
// end by number.
func escape(s, special string) string {
	var b strings.Builder
	for i, r := range s {
		atEnd := i == 0 || i+len(string(r)) == len(s)
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case unicode.IsControl(r), unicode.IsSpace(r) && (atEnd || strings.ContainsRune(special, r)):
			fmt.Fprintf(&b, `\u{%X}`, r)
		case r == '\\', strings.ContainsRune(special, r):
			b.WriteRune('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var escaped = regexp.MustCompile(`(?s)\\(?:u\{([0-9A-Fa-f]{1,6})\}|(.))`)

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		m := escaped.FindStringSubmatch(e)
		if m[1] != "" {
			n, err := strconv.ParseUint(m[1], 16, 32)
			if err != nil || n > unicode.MaxRune {
				n = unicode.ReplacementChar
			}
			return string(rune(n))
		}
		switch m[2] {
		case "n":
			return "\n"
		case "r":
			return "\r"
		}
		return m[2]
	})
}

// parseEscaped reads the escaped text form; line is where an error is.
func parseEscaped(ex *corpus.Example, lines []string) (line int, err error) {
	body := false
	for i, raw := range lines[1:] {
		switch {
		case body && raw == "" && i+2 == len(lines): // after the last line end
		case body:
			err = addEscapedTurn(ex, raw)
		case raw == "":
			body = true
		default:
			err = escapedHeader(ex, raw)
		}
		if err != nil {
			return i + 2, err
		}
	}
	if len(ex.Turns) == 0 {
		return 0, errors.New("no turns: want lines of \"speaker: text\" after a blank line")
	}
	return 0, nil
}

func escapedHeader(ex *corpus.Example, line string) error {
	key, value, ok := headerLine(line)
	if !ok {
		return errors.New("want a header line \"# key: value\", or a blank line before the first turn")
	}
	if key != "tactic" {
		return setHeader(ex, key, unescape(value))
	}
	if err := addNote(ex, value); err != nil {
		return err
	}
	n := &ex.Notes[len(ex.Notes)-1]
	n.Tactic, n.Quote = unescape(n.Tactic), unescape(n.Quote)
	return nil
}

var (
	escapedTurn  = regexp.MustCompile(`^(?:\[([0-9:.?]+)-([0-9:.?]+)\] )?((?:[^\\<>:\[\]]|\\u\{[0-9A-Fa-f]+\}|\\.)*?)(?: <(caller|callee|agent|customer|ivr)>)?: (.*)$`)
	escapedClock = regexp.MustCompile(`^(?:([0-9]{2,10}):)?([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?$`)
)

func addEscapedTurn(ex *corpus.Example, line string) error {
	if len(ex.Turns) == MaxTurns {
		return fmt.Errorf("more than %d turns", MaxTurns)
	}
	m := escapedTurn.FindStringSubmatch(line)
	if m == nil {
		return errors.New("want \"[start-end] speaker <role>: text\", of which only \": text\" must be there")
	}
	t := corpus.Turn{Speaker: unescape(m[3]), Role: corpus.RoleOf(m[4]), Text: unescape(m[5])}
	var okStart, okEnd bool
	t.Start, okStart = escapedMillis(m[1])
	t.End, okEnd = escapedMillis(m[2])
	if !okStart || !okEnd {
		return fmt.Errorf("time \"[%s-%s]\": want [hours:]minutes:seconds[.milliseconds] or ? for each", m[1], m[2])
	}
	ex.Turns = append(ex.Turns, t)
	return nil
}

func escapedMillis(s string) (int64, bool) {
	if s == "" || s == "?" {
		return corpus.NoTime, true
	}
	m := escapedClock.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	ms := clockMillis(m)
	return ms, ms >= 0 && ms < math.MaxInt64/2
}
