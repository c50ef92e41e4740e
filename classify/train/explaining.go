package train

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
)

// heaviest returns the evidence with the most points first, whatever their
// sign; the earliest of equals.
func heaviest(es []classify.Evidence) []classify.Evidence {
	out := slices.Clone(es)
	slices.SortStableFunc(out, func(a, b classify.Evidence) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	return out
}

// maxExplained is the number of flagged calls whose explanations are tested;
// of more, a seeded choice.
const maxExplained = 500

// TestExplanations takes the quoted words that raised the margin out of the
// flagged calls, and as many other words of the same calls at random, and
// scores both again.
func TestExplanations(cl *classify.Classifier, examples []corpus.Example, ps []evaluate.Prediction, seed uint64) []evaluate.Explanation {
	var flagged []int
	for i := range ps {
		if ps[i].Flagged {
			flagged = append(flagged, i)
		}
	}
	rng := rand.New(rand.NewPCG(seed, 0x657870))
	rng.Shuffle(len(flagged), func(i, j int) { flagged[i], flagged[j] = flagged[j], flagged[i] })
	flagged = flagged[:min(len(flagged), maxExplained)]
	slices.Sort(flagged)
	found := make([]*evaluate.Explanation, len(flagged))
	eachCall(len(flagged), func(int) {}, func() func(int) {
		scorer := cl.NewScorer()
		return func(k int) {
			i := flagged[k]
			found[k] = explanation(scorer, &examples[i], &ps[i], rand.New(rand.NewPCG(seed, uint64(i))))
		}
	})
	var out []evaluate.Explanation
	for _, e := range found {
		if e != nil {
			out = append(out, *e)
		}
	}
	return out
}

// explanation returns nil for a call whose quoted words did not raise the
// margin: there is nothing to take out.
func explanation(scorer *classify.Scorer, e *corpus.Example, p *evaluate.Prediction, rng *rand.Rand) *evaluate.Explanation {
	whole := scorer.Score(&e.Transcript)
	quoted := make([][]corpus.Span, len(e.Turns))
	for _, ev := range whole.Evidence {
		if ev.Points > 0 {
			quoted[ev.Turn-1] = append(quoted[ev.Turn-1], corpus.Span{Start: ev.Start, End: ev.End})
		}
	}
	var others []place
	words := 0
	for i := range e.Turns {
		for _, w := range wordSpans(e.Turns[i].Text) {
			if overlaps(w, quoted[i]) {
				words++
			} else {
				others = append(others, place{i, w})
			}
		}
	}
	if words == 0 {
		return nil
	}
	rng.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	random := make([][]corpus.Span, len(e.Turns))
	for _, o := range others[:min(words, len(others))] {
		random[o.turn] = append(random[o.turn], o.span)
	}
	return &evaluate.Explanation{Source: p.Source, Group: p.Group, Whole: whole.Probability,
		WithoutQuoted: scorer.Score(without(e, quoted)).Probability, WithoutRandom: scorer.Score(without(e, random)).Probability}
}

type place struct {
	turn int
	span corpus.Span
}

// wordSpans returns the spans of runs of letters and digits, and of single Han
// characters.
func wordSpans(s string) []corpus.Span {
	var out []corpus.Span
	start := -1
	for i, r := range s {
		han := corpus.IsHan(r)
		part := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
		if start >= 0 && (han || !part) {
			out = append(out, corpus.Span{Start: start, End: i})
			start = -1
		}
		if han {
			out = append(out, corpus.Span{Start: i, End: i + utf8.RuneLen(r)})
		} else if part && start < 0 {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, corpus.Span{Start: start, End: len(s)})
	}
	return out
}

func overlaps(w corpus.Span, spans []corpus.Span) bool {
	return slices.ContainsFunc(spans, func(s corpus.Span) bool { return w.Start < s.End && s.Start < w.End })
}

// without returns the call with a space instead of each span.
func without(e *corpus.Example, spans [][]corpus.Span) *corpus.Transcript {
	t := e.Transcript
	t.Turns = slices.Clone(e.Turns)
	for i := range t.Turns {
		cut := slices.SortedFunc(slices.Values(spans[i]), func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
		var b strings.Builder
		at := 0
		for _, s := range cut {
			if s.Start > at {
				b.WriteString(t.Turns[i].Text[at:s.Start])
			}
			if s.End > at {
				b.WriteByte(' ')
				at = s.End
			}
		}
		b.WriteString(t.Turns[i].Text[at:])
		t.Turns[i].Text = b.String()
	}
	return &t
}
