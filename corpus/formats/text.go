package formats

import (
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"callscam/corpus"
)

// isText holds for every file that does not look like binary data.
func isText(head []byte) bool {
	control := 0
	for _, b := range head {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' {
			control++
		}
	}
	return control*50 <= len(head)
}

func readText(src *source) iter.Seq2[corpus.Example, error] {
	return oneCall(src, func(ex *corpus.Example, lines []string) error {
		line, err := parseText(ex, lines)
		if err != nil {
			return &Error{src.path, line, err}
		}
		return nil
	})
}

// parseText reads the text form: header lines, then one line a turn.
func parseText(ex *corpus.Example, lines []string) (int, error) {
	if len(lines) > 0 && lines[0] == escapedMark {
		return parseEscaped(ex, lines)
	}
	body := 0
	for body < len(lines) {
		line := strings.TrimSpace(lines[body])
		if line != "" {
			key, value, ok := headerLine(line)
			if !ok {
				break
			}
			if err := setHeader(ex, key, value); err != nil {
				return body + 1, err
			}
		}
		body++
	}
	var err error
	ex.Turns, err = textTurns(lines[body:])
	return 0, err
}

// textTurns reads a turn a line; names inside count where there is one line.
func textTurns(lines []string) ([]corpus.Turn, error) {
	lines = slices.DeleteFunc(lines, func(s string) bool { return strings.TrimSpace(s) == "" })
	switch n := len(lines); {
	case n == 0:
		return nil, errors.New("no turns: want lines of \"speaker: text\"")
	case n > MaxTurns:
		return nil, fmt.Errorf("more than %d turns", MaxTurns)
	case n == 1:
		if turns := inlineTurns(strings.TrimSpace(lines[0])); len(turns) > 1 {
			return turns, nil
		}
	}
	speakers := speakerNames(lines)
	turns := make([]corpus.Turn, 0, len(lines))
	for _, line := range lines {
		turns = append(turns, parseTurn(strings.TrimSpace(line), speakers))
	}
	return turns, nil
}

func headerLine(line string) (key, value string, ok bool) {
	rest, ok := strings.CutPrefix(line, "# ")
	if !ok {
		return "", "", false
	}
	key, value, ok = strings.Cut(rest, ":")
	if !ok || key == "" || strings.ContainsFunc(key, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }) {
		return "", "", false
	}
	return key, strings.TrimSpace(value), true
}

// setHeader stores one header; keys it does not know are left alone.
func setHeader(ex *corpus.Example, key, value string) (err error) {
	switch key {
	case "id":
		ex.ID = value
	case "lang":
		ex.Lang = value
	case "label":
		ex.Label, err = corpus.ParseLabel(value)
	case "group":
		ex.Group = value
	case "pretext":
		ex.Pretext = value
	case "source":
		ex.Source = value
	case "style":
		ex.Style = value
	case "region":
		ex.Region = value
	case "remote":
		ex.Remote = value
	case "warning":
		ex.Warnings = append(ex.Warnings, value)
	case "tactic":
		return addNote(ex, value)
	case "harm-turn":
		if value != "none" {
			if ex.HarmTurn, err = strconv.Atoi(value); err != nil || ex.HarmTurn < 1 {
				return errors.New("harm-turn: want a turn's number from 1, or none")
			}
		}
	}
	return err
}

var note = regexp.MustCompile(`^(\S+) turn=(\d+) "(.+)"$`)

// addNote reads: T10 turn=14 "share your screen".
func addNote(ex *corpus.Example, value string) error {
	m := note.FindStringSubmatch(value)
	if m == nil {
		return errors.New("tactic: want an ID, turn=N and the words in quotation marks")
	}
	turn, err := strconv.Atoi(m[2])
	if err != nil || turn < 1 {
		return errors.New("tactic: want a turn's number from 1")
	}
	ex.Notes = append(ex.Notes, corpus.TacticNote{Tactic: m[1], Turn: turn, Quote: m[3]})
	return nil
}

var clock = regexp.MustCompile(`^\[(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?\]\s*`)

func parseTurn(line string, speakers map[string]bool) corpus.Turn {
	turn := corpus.Turn{Start: corpus.NoTime, End: corpus.NoTime}
	if !strings.HasPrefix(line, "[") {
		// No clock: most lines have none.
	} else if m := clock.FindStringSubmatch(line); m != nil {
		turn.Start = clockMillis(m)
		line = line[len(m[0]):]
	}
	turn.Text = line
	if name, text, ok := cutSpeaker(line); ok && speakers[name] {
		turn.Speaker, turn.Text = name, text
	}
	return turn
}

// clockMillis takes hours, minutes, seconds and a decimal fraction.
func clockMillis(m []string) int64 {
	n := func(s string) int64 { v, _ := strconv.ParseInt(s, 10, 64); return v }
	fraction := (m[4] + "000")[:3]
	return ((n(m[1])*60+n(m[2]))*60+n(m[3]))*1000 + n(fraction)
}
