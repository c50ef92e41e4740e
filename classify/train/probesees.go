package train

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
	"callscam/features"
	"callscam/features/arith"
)

func seeLength(e *corpus.Example, _ *features.Document) map[string]float64 {
	turns, runes := float64(len(e.Turns)), 0
	for i := range e.Turns {
		runes += utf8.RuneCountInString(e.Turns[i].Text)
	}
	return map[string]float64{"turns": arith.Log1p(turns), "characters": arith.Log1p(float64(runes)) / 3,
		"per turn": arith.Log1p(float64(runes) / turns)}
}

func seeSpeakers(e *corpus.Example, _ *features.Document) map[string]float64 {
	out := map[string]float64{}
	for i := range e.Turns {
		out["name "+e.Turns[i].Speaker] = 1
	}
	if len(e.Turns) > 0 {
		out["first "+e.Turns[0].Speaker] = 1
	}
	return out
}

var fillerWords = strings.Fields("um uh er erm hmm mm like well so yeah 嗯 呃 啊 那个 就是")

// seeStyle looks at how the call is written down: marks, case, digits and
// fillers, each per character.
func seeStyle(e *corpus.Example, _ *features.Document) map[string]float64 {
	marks, capitals, digits, all := 0.0, 0.0, 0.0, 1.0
	fillers := 0.0
	for i := range e.Turns {
		text := e.Turns[i].Text
		for _, r := range text {
			all++
			switch {
			case unicode.IsPunct(r):
				marks++
			case unicode.IsUpper(r):
				capitals++
			case unicode.IsDigit(r):
				digits++
			}
		}
		low := " " + strings.ToLower(text) + " "
		for _, f := range fillerWords {
			if f[0] < utf8.RuneSelf {
				fillers += float64(strings.Count(low, " "+f+" "))
			} else {
				fillers += float64(strings.Count(low, f))
			}
		}
	}
	return map[string]float64{"marks": 10 * marks / all, "capitals": 10 * capitals / all, "digits": 10 * digits / all, "fillers": 10 * fillers / all}
}

// seeFirstTurn looks at the words of the first turn.
func seeFirstTurn(_ *corpus.Example, d *features.Document) map[string]float64 {
	out := map[string]float64{}
	if len(d.Words) > 0 {
		seeWords(out, d.Words[0])
	}
	return out
}

// seeCallee looks at the words of the phone's owner.
func seeCallee(_ *corpus.Example, d *features.Document) map[string]float64 {
	out := map[string]float64{}
	for i, role := range d.Roles {
		if role.Owner() {
			seeWords(out, d.Words[i])
		}
	}
	return out
}

func seeWords(out map[string]float64, words []features.Word) {
	prev := ""
	for _, w := range words {
		out[w.Norm] = 1
		out[prev+" "+w.Norm] = 1
		prev = w.Norm
	}
}
