package formats

import (
	"bytes"
	"errors"
	"iter"
	"regexp"
	"strings"

	"callscam/corpus"
)

// otterHead is a name, two spaces and a clock.
var otterHead = regexp.MustCompile(`^(\S.{0,60}?) {2,}(?:(\d{1,2}):)?(\d{1,3}):(\d{2})()\s*$`)

func isOtter(head []byte) bool {
	seen := 0
	for line := range bytes.Lines(head) {
		if line = bytes.TrimRight(line, "\r\n"); len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if otterHead.Match(line) {
			return true
		}
		if seen++; seen == 5 {
			break
		}
	}
	return false
}

func readOtter(src *source) iter.Seq2[corpus.Example, error] {
	return oneCall(src, func(ex *corpus.Example, lines []string) (err error) {
		var cues []cue
		for _, line := range lines {
			if m := otterHead.FindStringSubmatch(line); m != nil {
				cues = append(cues, cue{clockMillis(m[1:]), corpus.NoTime, strings.TrimSpace(m[1]), ""})
				continue
			}
			line = strings.TrimSpace(line)
			// What stands before the first name is a title, and the footer
			// only names the product.
			if len(cues) == 0 || strings.Contains(strings.ToLower(line), "otter.ai") {
				continue
			}
			last := &cues[len(cues)-1]
			last.text = joinText(last.text, line)
		}
		if ex.Turns, err = turnsOf(cues); err == nil && len(ex.Turns) == 0 {
			err = errors.New("no turns: want a name, two spaces and a clock, then lines of text")
		}
		return err
	})
}
