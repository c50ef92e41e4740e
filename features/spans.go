package features

import (
	"errors"
	"fmt"
	"strings"

	"callscam/corpus"
)

// SpanScore is how well one tactic's evidence agrees with readers' notes. A
// piece of evidence is right when it overlaps a note of its tactic, a note is
// found when a piece of evidence of its tactic overlaps it.
type SpanScore struct {
	Tactic string
	Notes  int
	Found  int
	Given  int
	Right  int
}

// Precision returns the share of evidence that is right.
func (s SpanScore) Precision() float64 { return ratio(s.Right, s.Given) }

// Recall returns the share of notes that were found.
func (s SpanScore) Recall() float64 { return ratio(s.Found, s.Notes) }

func ratio(k, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(k) / float64(n)
}

// SpanMiss is a piece of evidence without a note, or a note without evidence.
type SpanMiss struct {
	Call   string
	Turn   int // from 1
	Tactic string
	Missed bool
	Quote  string
}

// CompareSpans measures the catalog's asserted evidence against the calls'
// notes, tactic by tactic, the sum of all last. A note whose words do not
// stand in its turn, or whose tactic is unknown, is an error.
func (c *Catalog) CompareSpans(calls []corpus.Example) ([]SpanScore, []SpanMiss, error) {
	scores := make([]SpanScore, len(c.Names()))
	for i := range scores {
		scores[i].Tactic = c.Tactics[i].Name
	}
	var wrong []SpanMiss
	a := NewAnalyzer(c)
	for i := range calls {
		e := &calls[i]
		notes, err := c.noteSpans(e)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", e.Path, err)
		}
		wrong = append(wrong, c.compareCall(a.Read(&e.Transcript), e, notes, scores)...)
	}
	total := SpanScore{Tactic: "all"}
	for _, s := range scores {
		total.Notes, total.Found = total.Notes+s.Notes, total.Found+s.Found
		total.Given, total.Right = total.Given+s.Given, total.Right+s.Right
	}
	return append(scores, total), wrong, nil
}

type noteSpan struct {
	tactic, turn int
	span         corpus.Span
	found        bool
}

func (c *Catalog) noteSpans(e *corpus.Example) ([]noteSpan, error) {
	var out []noteSpan
	for _, n := range e.Notes {
		tactic, ok := c.Lookup(n.Tactic)
		if !ok || tactic >= len(c.Names()) {
			return nil, errors.New("unknown tactic in a note: want an ID or name")
		}
		if n.Turn > len(e.Turns) {
			return nil, fmt.Errorf("tactic %s: turn %d of %d", c.Tactics[tactic].ID, n.Turn, len(e.Turns))
		}
		at := strings.Index(e.Turns[n.Turn-1].Text, n.Quote)
		if at < 0 {
			return nil, fmt.Errorf("tactic %s: the words in quotation marks do not stand in turn %d", c.Tactics[tactic].ID, n.Turn)
		}
		out = append(out, noteSpan{tactic: tactic, turn: n.Turn - 1, span: corpus.Span{Start: at, End: at + len(n.Quote)}})
	}
	return out, nil
}

func (c *Catalog) compareCall(d *Document, e *corpus.Example, notes []noteSpan, scores []SpanScore) []SpanMiss {
	var wrong []SpanMiss
	for i := range d.Evidence {
		ev := &d.Evidence[i]
		if ev.Polarity != Asserted {
			continue
		}
		s := &scores[ev.Tactic]
		s.Given++
		right := false
		for k := range notes {
			n := &notes[k]
			if n.tactic == ev.Tactic && n.turn == ev.Turn && n.span.Start < ev.End && ev.Start < n.span.End {
				right, n.found = true, true
			}
		}
		if right {
			s.Right++
		} else {
			wrong = append(wrong, SpanMiss{e.ID, ev.Turn + 1, s.Tactic, false, d.Quote(ev)})
		}
	}
	for _, n := range notes {
		scores[n.tactic].Notes++
		if n.found {
			scores[n.tactic].Found++
		} else {
			wrong = append(wrong, SpanMiss{e.ID, n.turn + 1, c.Tactics[n.tactic].Name, true, e.Turns[n.turn].Text[n.span.Start:n.span.End]})
		}
	}
	return wrong
}
