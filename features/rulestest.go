package features

import (
	"fmt"

	"callscam/corpus"
)

// Check runs the catalog's own match and nomatch lines and returns a line
// "file:line: …" for each that does not hold, and how many there were.
func (c *Catalog) Check() (failures []string, lines int) {
	a := NewAnalyzer(c)
	for i, t := range c.Tactics {
		for _, ex := range t.Examples {
			lines++
			found := a.shows(i, ex.Text)
			if found == ex.Match {
				continue
			}
			what := "gives asserted evidence, and must not"
			if ex.Match {
				what = "gives no asserted evidence, and must"
			}
			failures = append(failures, fmt.Sprintf("%s:%d: %s: %q", c.files[i], ex.Line, what, ex.Text))
		}
	}
	return failures, lines
}

// shows reports whether the remote party's text asserts the tactic, or, for a
// cue, whether the cue shows and is not void.
func (a *Analyzer) shows(tactic int, text string) bool {
	if a.catalog.Tactics[tactic].Kind == Cue {
		words := a.tok.words(text, nil)
		a.match.read(words, nil)
		a.marks(words, 0, nil)
		for _, c := range a.cues {
			if c.tactic == tactic && !c.void {
				return true
			}
		}
		return false
	}
	for _, e := range a.ReadText(text).Evidence {
		if e.Tactic == tactic && e.Polarity == Asserted {
			return true
		}
	}
	return false
}

// ReadText returns the document of one turn spoken by the remote party.
func (a *Analyzer) ReadText(text string) *Document {
	return a.Read(&corpus.Transcript{Turns: []corpus.Turn{
		{Role: corpus.Caller, Text: text, Start: corpus.NoTime, End: corpus.NoTime}}})
}
