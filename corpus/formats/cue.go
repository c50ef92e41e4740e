package formats

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// cue is a piece of speech with its times, as subtitles and recognisers cut it.
type cue struct {
	start, end int64
	speaker    string
	text       string
}

// turnsOf joins consecutive cues of one named speaker, since no rule looks
// across turns and subtitles cut sentences anywhere. Cues of nobody known are
// joined only where a sentence plainly goes on in lower case.
func turnsOf(cues []cue) ([]corpus.Turn, error) {
	var turns []corpus.Turn
	for _, c := range cues {
		if c.text == "" {
			continue
		}
		if n := len(turns); n > 0 && goesOn(&turns[n-1], c) {
			turns[n-1].Text = joinCues(turns[n-1].Text, c.text)
			turns[n-1].End = c.end
			continue
		}
		if len(turns) == MaxTurns {
			return nil, fmt.Errorf("more than %d turns", MaxTurns)
		}
		turns = append(turns, corpus.Turn{Speaker: c.speaker, Text: c.text, Start: c.start, End: c.end})
	}
	return turns, nil
}

// longestJoined bounds a joined turn, so that the turn of an alarm still says
// where in a long speech it was.
const longestJoined = 1000

func goesOn(t *corpus.Turn, c cue) bool {
	if t.Speaker != c.speaker || len(t.Text)+len(c.text) > longestJoined {
		return false
	}
	if c.speaker != "" {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(t.Text)
	first, _ := utf8.DecodeRuneInString(c.text)
	return unicode.IsLower(first) && (unicode.IsLetter(last) || last == ',') && c.start-t.End < 500
}

// joinCues puts two cues together. A cue ends at a pause, so that Chinese gets
// a space too unless a sign stands there.
func joinCues(a, b string) string {
	if last, _ := utf8.DecodeLastRuneInString(a); corpus.IsHan(last) {
		return a + " " + b
	}
	return joinText(a, b)
}

// joinText puts two pieces together: with a space, except in Chinese.
func joinText(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if unspaced(last) || unspaced(first) {
		return a + b
	}
	return a + " " + b
}

func unspaced(r rune) bool {
	return corpus.IsHan(r) || r >= 0x3000 && r <= 0x30ff || r >= 0xff00 && r <= 0xffef
}

const stamp = `(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?`

var timing = regexp.MustCompile(`^\s*` + stamp + `\s*-->\s*` + stamp + `(?:\s.*)?$`)

// cueBlock is one cue as it stands in a subtitle file.
type cueBlock struct {
	start, end int64
	lines      []string
}

// cueBlocks cuts a subtitle file at its timing lines. In WebVTT a blank line
// ends a cue; in SRT a blank line may stand inside one.
func cueBlocks(lines []string, blankEnds bool) []cueBlock {
	var blocks []cueBlock
	open := false
	for i, line := range lines {
		if m := timing.FindStringSubmatch(line); m != nil {
			if open {
				dropNumber(&blocks[len(blocks)-1], lines[:i])
			}
			b := cueBlock{start: clockMillis(m[:5]), end: clockMillis(m[4:])}
			if b.end < b.start {
				b.end = corpus.NoTime
			}
			blocks, open = append(blocks, b), true
			continue
		}
		if strings.TrimSpace(line) == "" && blankEnds {
			open = false
		}
		if open {
			last := &blocks[len(blocks)-1]
			last.lines = append(last.lines, strings.TrimSpace(line))
		}
	}
	return blocks
}

// dropNumber takes the next cue's number off the end of a cue's text.
func dropNumber(b *cueBlock, before []string) {
	n := len(b.lines)
	if n == 0 {
		return
	}
	if _, err := strconv.Atoi(b.lines[n-1]); err == nil && (n == 1 || strings.TrimSpace(before[len(before)-2]) == "") {
		b.lines = b.lines[:n-1]
	}
}

// cueSpeakers finds the names that stand before the text of cues, by the rules
// for plain text, and takes them off.
func cueSpeakers(cues []cue) {
	lines := make([]string, 0, len(cues))
	for _, c := range cues {
		lines = append(lines, c.text)
	}
	names := speakerNames(lines)
	for i := range cues {
		if name, text, ok := cutSpeaker(cues[i].text); ok && cues[i].speaker == "" && names[name] {
			cues[i].speaker, cues[i].text = name, strings.TrimSpace(text)
		}
	}
}
