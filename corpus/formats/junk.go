package formats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"callscam/corpus"
)

// Whisper's own limits, in transcribe.py: a segment beyond them is likely to
// have been made up on silence or noise.
const (
	maxNoSpeech    = 0.6
	minLogProb     = -1.0
	maxCompression = 2.4
)

// doubts gathers the turns, counted from 1, in which a recogniser's own
// figures say that nobody may have spoken.
type doubts struct{ turns []int }

// add looks at one segment of a turn; a figure that is not given is nil.
func (d *doubts) add(turn int, noSpeech, avgLogProb, compression *float64) {
	silent := noSpeech != nil && *noSpeech > maxNoSpeech && (avgLogProb == nil || *avgLogProb < minLogProb)
	repetitive := compression != nil && *compression > maxCompression
	if (silent || repetitive) && !slices.Contains(d.turns, turn) {
		d.turns = append(d.turns, turn)
	}
}

// warn writes what was gathered into the call.
func (d *doubts) warn(ex *corpus.Example) {
	if len(d.turns) > 0 {
		slices.Sort(d.turns)
		ex.Warnings = append(ex.Warnings, fmt.Sprintf("%s: the recogniser itself doubts that this was spoken", turnList(d.turns)))
	}
}

// turnList writes sorted turns in words: "turn 3", "turns 1, 4-6 and 12 more".
func turnList(turns []int) string {
	const shown = 8
	var parts []string
	i := 0
	for i < len(turns) && len(parts) < shown {
		j := i
		for j+1 < len(turns) && turns[j+1] <= turns[j]+1 {
			j++
		}
		part := strconv.Itoa(turns[i])
		if turns[j] > turns[i] {
			part += "-" + strconv.Itoa(turns[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	list := strings.Join(parts, ", ")
	if i < len(turns) {
		list += fmt.Sprintf(" and %d more", len(turns)-i)
	}
	if len(turns) == 1 {
		return "turn " + list
	}
	return "turns " + list
}
