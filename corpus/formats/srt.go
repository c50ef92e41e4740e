package formats

import (
	"bytes"
	"errors"
	"iter"
	"regexp"
	"strings"

	"callscam/corpus"
)

func isSRT(head []byte) bool {
	for range 4 {
		line, rest, _ := bytes.Cut(bytes.TrimLeft(head, " \t\r\n"), []byte("\n"))
		if timing.Match(bytes.TrimRight(line, " \t\r")) {
			return true
		}
		head = rest
		if len(bytes.TrimSpace(line)) > 0 && !isNumber(string(bytes.TrimSpace(line))) {
			return false
		}
	}
	return false
}

var srtMarks = regexp.MustCompile(`(?i)\{\\[^}]*\}|</?(?:i|b|u|s|font)(?:\s[^>]*)?>`)

func readSRT(src *source) iter.Seq2[corpus.Example, error] {
	return oneCall(src, func(ex *corpus.Example, lines []string) error {
		var cues []cue
		for _, b := range cueBlocks(lines, false) {
			cues = append(cues, dashed(cue{b.start, b.end, "", srtMarks.ReplaceAllString(strings.Join(b.lines, "\n"), "")})...)
		}
		return fromCues(ex, cues)
	})
}

// dashed splits a cue in which two people speak, each line after a dash, and
// puts the lines of any other into one.
func dashed(c cue) []cue {
	lines := strings.Split(c.text, "\n")
	for _, line := range lines {
		if line != "" && !strings.HasPrefix(line, "- ") {
			c.text = joinLines(lines)
			return []cue{c}
		}
	}
	var cues []cue
	for _, line := range lines {
		if line != "" {
			cues = append(cues, cue{c.start, c.end, c.speaker, strings.TrimSpace(line[2:])})
		}
	}
	return cues
}

func joinLines(lines []string) string {
	text := ""
	for _, line := range lines {
		text = joinText(text, strings.TrimSpace(line))
	}
	return text
}

// fromCues fills a call from cues whose names, if any, stand in their text.
func fromCues(ex *corpus.Example, cues []cue) (err error) {
	cueSpeakers(cues)
	if ex.Turns, err = turnsOf(cues); err != nil {
		return err
	}
	if len(ex.Turns) == 0 {
		return errors.New("no turns: want cues such as 00:00:01.000 --> 00:00:02.500 with text below")
	}
	return nil
}
