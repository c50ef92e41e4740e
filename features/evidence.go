package features

import (
	"cmp"
	"slices"

	"callscam/corpus"
)

// mark is a tactic or side cue found in a turn, before it is known who speaks.
type mark struct {
	tactic   int
	polarity Polarity
	span     corpus.Span
}

// tacticHit is a hit with its tactic instead of its rule.
type tacticHit struct {
	tactic      int
	first, last int
	gaps        gaps
	denied      bool      // a negation stands in a gap
	void        bool      // cues: part of an idiom
	own         [Cue]bool // cues, by kind: part of the words of a tactic of that kind
}

// marks finds the tactics of one turn, which begins with word base of those
// read, and settles how each is meant.
func (a *Analyzer) marks(words []Word, base int, out []mark) []mark {
	a.hits = a.match.turn(words, base, a.hits[:0])
	a.found, a.cues = a.found[:0], a.cues[:0]
	if len(a.hits) == 0 {
		return out
	}
	for _, h := range a.hits {
		t := a.catalog.owner[h.rule]
		th := tacticHit{tactic: t, first: int(h.first), last: int(h.last), gaps: h.gaps}
		if a.catalog.Tactics[t].Kind == Cue {
			a.cues = append(a.cues, th)
		} else {
			a.found = append(a.found, th)
		}
	}
	a.voidCues()
	a.denyGaps()
	a.found = mergeHits(a.found)
	for i := range a.found {
		h := &a.found[i]
		out = append(out, mark{h.tactic, a.polarity(words, h), spanOf(words, h)})
	}
	for i := range a.cues {
		c := &a.cues[i]
		if e := a.catalog.Tactics[c.tactic].Effect; (e == RemoteSide || e == OwnerSide) && !c.void {
			out = append(out, mark{c.tactic, Asserted, spanOf(words, c)})
		}
	}
	return out
}

func spanOf(words []Word, h *tacticHit) corpus.Span {
	return corpus.Span{Start: words[h.first].Start, End: words[h.last].End}
}

// mergeHits joins overlapping hits of one tactic.
func mergeHits(hits []tacticHit) []tacticHit {
	slices.SortFunc(hits, func(x, y tacticHit) int {
		return cmp.Or(cmp.Compare(x.tactic, y.tactic), cmp.Compare(x.first, y.first), cmp.Compare(x.last, y.last))
	})
	out := hits[:0]
	for _, h := range hits {
		if n := len(out); n > 0 && out[n-1].tactic == h.tactic && h.first <= out[n-1].last {
			out[n-1].last = max(out[n-1].last, h.last)
			out[n-1].denied = out[n-1].denied && h.denied
			continue
		}
		out = append(out, h)
	}
	slices.SortFunc(out, func(x, y tacticHit) int {
		return cmp.Or(cmp.Compare(x.first, y.first), cmp.Compare(x.last, y.last), cmp.Compare(x.tactic, y.tactic))
	})
	return out
}

// voidCues drops cues that belong to an idiom ("don't worry"), and notes which
// negations are part of a tactic's own words ("don't tell your wife"): these,
// and longer ones around them ("please don't"), do not deny tactics of that
// kind.
func (a *Analyzer) voidCues() {
	for i := range a.cues {
		c := &a.cues[i]
		switch a.catalog.Tactics[c.tactic].Effect {
		case Clears, Halts:
			continue
		case Negates:
			for k := range a.found {
				h := &a.found[k]
				if h.holds(c) && !h.gaps.hold(c.first, c.last) {
					c.own[a.catalog.Tactics[h.tactic].Kind] = true
				}
			}
		}
		for j := range a.cues {
			if o := &a.cues[j]; a.catalog.Tactics[o.tactic].Effect == Clears && o.holds(c) {
				c.void = true
			}
		}
	}
	for i := range a.cues {
		for j := range a.cues {
			c, o := &a.cues[i], &a.cues[j]
			if a.catalog.Tactics[c.tactic].Effect != Negates || a.catalog.Tactics[o.tactic].Effect != Negates || !c.holds(o) {
				continue
			}
			for kind := range c.own {
				c.own[kind] = c.own[kind] || o.own[kind]
			}
		}
	}
}

// denyGaps marks the hits that a negation in one of their gaps denies: "you
// need to, well, not share your screen".
func (a *Analyzer) denyGaps() {
	for i := range a.found {
		h := &a.found[i]
		for j := range a.cues {
			c := &a.cues[j]
			if a.catalog.Tactics[c.tactic].Effect == Negates && !c.void && h.gaps.hold(c.first, c.last) {
				h.denied = true
			}
		}
	}
}

// holds reports whether o's words are all among h's.
func (h *tacticHit) holds(o *tacticHit) bool { return h.first <= o.first && o.last <= h.last }

// polarity settles how a tactic is meant by the cues that begin before it in
// its sentence. Protective words are said with a negation: one that reaches
// into them is theirs. A report outranks a supposition, and that a negation.
func (a *Analyzer) polarity(words []Word, h *tacticHit) Polarity {
	result := Asserted
	if h.denied {
		result = Negated
	}
	for i := range a.cues {
		c := &a.cues[i]
		t := a.catalog.Tactics[c.tactic]
		kind := a.catalog.Tactics[h.tactic].Kind
		overlaps := c.last >= h.first
		if c.void || c.own[kind] || c.first >= h.first || overlaps && kind == Protective {
			continue
		}
		switch t.Effect {
		case Reports:
			if a.reaches(words, c, h, t.Reach, sentenceBreak) {
				return Reported
			}
		case Supposes:
			if a.reaches(words, c, h, t.Reach, sentenceBreak) {
				result = Supposed
			}
		case Negates:
			if result == Asserted && a.reaches(words, c, h, t.Reach, clauseBreak) && !a.halted(c, h) {
				result = Negated
			}
		}
	}
	return result
}

// reaches reports whether at most reach words, and no boundary of the given
// kind or above, stand between the cue and the tactic.
func (a *Analyzer) reaches(words []Word, c, h *tacticHit, reach int, stop boundary) bool {
	if h.first-c.last-1 > reach {
		return false
	}
	for i := c.first + 1; i <= h.first; i++ {
		if words[i].brk >= stop {
			return false
		}
	}
	return true
}

func (a *Analyzer) halted(c, h *tacticHit) bool {
	for i := range a.cues {
		o := &a.cues[i]
		if a.catalog.Tactics[o.tactic].Effect == Halts && o.first > c.last && o.first <= h.first {
			return true
		}
	}
	return false
}
