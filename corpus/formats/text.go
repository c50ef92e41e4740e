package formats

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	return func(yield func(corpus.Example, error) bool) {
		data, err := readAll(src.br)
		switch {
		case err == errLineTooLong:
			err = src.errorf(0, "file is larger than the limit of %d MiB a call", MaxCallBytes>>20)
		case err != nil:
			err = &Error{src.path, 0, err}
		case bytes.IndexByte(data, 0) >= 0:
			err = &Error{src.path, 0, errBinary}
		}
		if err != nil {
			yield(corpus.Example{}, err)
			return
		}
		ex, line, err := parseText(data)
		if err != nil {
			yield(ex, &Error{src.path, line, err})
			return
		}
		if ex.ID == "" {
			ex.ID = stem(src.path)
		}
		yield(ex, nil)
	}
}

// parseText reads the text form: header lines, then one line a turn.
func parseText(data []byte) (corpus.Example, int, error) {
	var ex corpus.Example
	text := validText(&ex, string(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	body := 0
	for body < len(lines) {
		line := strings.TrimSpace(lines[body])
		if line != "" {
			key, value, ok := headerLine(line)
			if !ok {
				break
			}
			if err := setHeader(&ex, key, value); err != nil {
				return ex, body + 1, err
			}
		}
		body++
	}
	speakers := speakerNames(lines[body:])
	for _, line := range lines[body:] {
		if line = strings.TrimSpace(line); line != "" {
			if len(ex.Turns) == MaxTurns {
				return ex, 0, fmt.Errorf("more than %d turns", MaxTurns)
			}
			ex.Turns = append(ex.Turns, parseTurn(line, speakers))
		}
	}
	if len(ex.Turns) == 0 {
		return ex, 0, errors.New("no turns: want lines of \"speaker: text\"")
	}
	return ex, 0, nil
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

var (
	clock  = regexp.MustCompile(`^\[(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?\]\s*`)
	prefix = regexp.MustCompile(`^([^:：]{1,40}?)\s*[:：](?:\s+|$)|^([^:：]{1,40}?)\s*：`)
)

// speakerNames returns the prefixes that name a speaker. A prefix counts when
// it recurs or states a role: a colon in somebody's only sentence is no name.
func speakerNames(lines []string) map[string]bool {
	count := map[string]int{}
	turns := 0
	for _, line := range lines {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		turns++
		if name, _, ok := cutSpeaker(clock.ReplaceAllString(line, "")); ok {
			count[name]++
		}
	}
	names := map[string]bool{}
	for name, n := range count {
		if n >= 2 || corpus.RoleOf(name) != corpus.Unknown || turns <= 3 && len(strings.Fields(name)) <= 3 {
			names[name] = true
		}
	}
	return names
}

func cutSpeaker(line string) (name, text string, ok bool) {
	m := prefix.FindStringSubmatchIndex(line)
	if m == nil {
		return "", line, false
	}
	start, end := m[2], m[3]
	if start < 0 {
		start, end = m[4], m[5]
	}
	name = line[start:end]
	letter := false
	for _, r := range name {
		letter = letter || unicode.IsLetter(r)
		if strings.ContainsRune(",.?!;，。？！；\"“”", r) {
			return "", line, false
		}
	}
	if !letter && !isNumber(name) || utf8.RuneCountInString(name) > 40 {
		return "", line, false
	}
	return name, line[m[1]:], true
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

func parseTurn(line string, speakers map[string]bool) corpus.Turn {
	turn := corpus.Turn{Start: corpus.NoTime, End: corpus.NoTime}
	if m := clock.FindStringSubmatch(line); m != nil {
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
