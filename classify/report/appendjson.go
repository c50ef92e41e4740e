package report

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"callscam/classify"
)

// finite refuses numbers that JSON has no form for.
func finite(r *classify.Result) error {
	sum := float64(r.Probability*0) + float64(r.Margin*0) + float64(r.Bias*0)
	for i := range r.Evidence {
		sum += float64(r.Evidence[i].Points * 0)
	}
	for i := range r.Contributions {
		sum += float64(r.Contributions[i].Points * 0)
	}
	if math.IsNaN(sum) {
		return fmt.Errorf("%s: a figure is not a number", r.ID)
	}
	return nil
}

func appendResult(b []byte, r *classify.Result) []byte {
	b = appendString(append(b, `{"schema":`...), r.Schema)
	b = appendString(append(b, `,"id":`...), r.ID)
	b = appendString(append(b, `,"path":`...), r.Path)
	b = appendString(append(b, `,"lang":`...), r.Lang)
	b = appendString(append(b, `,"verdict":`...), string(r.Verdict))
	b = appendFloat(append(b, `,"probability":`...), r.Probability)
	b = appendFloat(append(b, `,"margin":`...), r.Margin)
	b = appendFloat(append(b, `,"bias":`...), r.Bias)
	b = strconv.AppendInt(append(b, `,"turns":`...), int64(r.Turns), 10)
	b = append(b, `,"alarm_turn":`...)
	if r.AlarmTurn == nil {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendInt(b, int64(*r.AlarmTurn), 10)
	}
	b = appendString(append(b, `,"stage":`...), r.Stage)
	b = appendList(append(b, `,"evidence":`...), r.Evidence, appendEvidence)
	b = appendList(append(b, `,"contributions":`...), r.Contributions, appendContribution)
	b = appendString(append(b, `,"model":{"name":`...), r.Model.Name)
	b = appendString(append(b, `,"digest":`...), r.Model.Digest)
	b = appendList(append(b, `},"warnings":`...), r.Warnings, func(b []byte, s *string) []byte { return appendString(b, *s) })
	return append(b, '}')
}

func appendEvidence(b []byte, e *classify.Evidence) []byte {
	b = appendString(append(b, `{"tactic":`...), e.Tactic)
	b = appendString(append(b, `,"polarity":`...), e.Polarity)
	b = strconv.AppendInt(append(b, `,"turn":`...), int64(e.Turn), 10)
	b = appendString(append(b, `,"role":`...), e.Role)
	b = strconv.AppendInt(append(b, `,"start":`...), int64(e.Start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(e.End), 10)
	b = appendString(append(b, `,"quote":`...), e.Quote)
	b = appendFloat(append(b, `,"points":`...), e.Points)
	return append(b, '}')
}

func appendContribution(b []byte, c *classify.Contribution) []byte {
	b = appendString(append(b, `{"feature":`...), c.Feature)
	b = appendFloat(append(b, `,"points":`...), c.Points)
	return append(b, '}')
}

func appendList[T any](b []byte, list []T, add func([]byte, *T) []byte) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = add(b, &list[i])
	}
	return append(b, ']')
}

// appendFloat writes the shortest number that reads back the same, as
// ECMAScript does.
func appendFloat(b []byte, f float64) []byte {
	if abs := math.Abs(f); abs == 0 || abs >= 1e-6 && abs < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, 64)
	if n := len(b); b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}

// appendString writes what encoding/json does, but for the characters that
// steer a terminal, which become escapes.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < 0x7f && c != '"' && c != '\\' {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			b = appendEscape(append(b, s[start:i]...), c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(append(b, s[start:i]...), `\ufffd`...)
			start = i + size
		} else if steers(r) {
			b = appendEscaped(append(b, s[start:i]...), r)
			start = i + size
		}
		i += size
	}
	return append(append(b, s[start:]...), '"')
}

func appendEscape(b []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
