package formats

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"callscam/corpus"
)

// writeText returns the call in the text form. Where that would be read
// differently (a turn of two lines, a colon in a name, an end time), the call
// is written in the escaped text form instead, which can hold anything.
func writeText(ex *corpus.Example, _ string) ([]byte, error) {
	plain := plainText(ex)
	for got, err := range Read("call.txt", bytes.NewReader(plain), "auto") {
		if err == nil && sameCall(ex, &got) {
			return plain, nil
		}
		break
	}
	return escapedText(ex), nil
}

func plainText(ex *corpus.Example) []byte {
	var b bytes.Buffer
	writeHeader(&b, ex, func(s, _ string) string { return s })
	for i := range ex.Turns {
		t := &ex.Turns[i]
		if t.Start != corpus.NoTime {
			fmt.Fprintf(&b, "[%s] ", clockText(t.Start))
		}
		if t.Speaker != "" {
			b.WriteString(t.Speaker + ": ")
		}
		b.WriteString(t.Text + "\n")
	}
	return b.Bytes()
}

// writeHeader writes the header lines that say something and a blank line.
// Escape is given the value and the characters it must not contain.
func writeHeader(w io.Writer, ex *corpus.Example, escape func(s, special string) string) {
	harm := ""
	if ex.HarmTurn > 0 {
		harm = strconv.Itoa(ex.HarmTurn)
	}
	for _, h := range [][2]string{{"id", ex.ID}, {"lang", ex.Lang}, {"label", ex.Label.String()}, {"source", ex.Source}, {"group", ex.Group},
		{"pretext", ex.Pretext}, {"style", ex.Style}, {"region", ex.Region}, {"remote", ex.Remote}, {"harm-turn", harm}} {
		if h[1] != "" {
			fmt.Fprintf(w, "# %s: %s\n", h[0], escape(h[1], ""))
		}
	}
	for _, n := range ex.Notes {
		fmt.Fprintf(w, "# tactic: %s turn=%d \"%s\"\n", escape(n.Tactic, " "), n.Turn, escape(n.Quote, ""))
	}
	for _, warning := range ex.Warnings {
		fmt.Fprintf(w, "# warning: %s\n", escape(warning, ""))
	}
	fmt.Fprintln(w)
}

// clockText returns [hours:]minutes:seconds, with milliseconds where there are.
func clockText(ms int64) string {
	s := fmt.Sprintf("%02d:%02d", ms/60_000%60, ms/1000%60)
	if h := ms / 3_600_000; h > 0 {
		s = fmt.Sprintf("%02d:%s", h, s)
	}
	if ms%1000 != 0 {
		s += fmt.Sprintf(".%03d", ms%1000)
	}
	return s
}

// sameCall reports whether got, as it was read, holds all that want does.
// Reading may add warnings.
func sameCall(want, got *corpus.Example) bool {
	for _, w := range want.Warnings {
		if !slices.Contains(got.Warnings, w) {
			return false
		}
	}
	a, b := annotationsOf(want), annotationsOf(got)
	a.Warnings, b.Warnings = nil, nil
	return slices.Equal(want.Turns, got.Turns) && slices.Equal(a.Notes, b.Notes) &&
		strings.Join(a.strings(), "\x00") == strings.Join(b.strings(), "\x00") && a.HarmTurn == b.HarmTurn
}

func (a *annotations) strings() []string {
	return []string{string(a.ID), string(a.Lang), string(a.Label), string(a.Source), string(a.Group), string(a.Pretext),
		string(a.Style), string(a.Region), string(a.Remote)}
}
