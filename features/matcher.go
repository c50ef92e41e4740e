package features

// hit is one place where a rule matches: the first and last word of its span,
// and the gaps in it.
type hit struct {
	rule        int32
	first, last int32
	gaps        gaps
}

// gaps are the words that a match's last two gaps passed over, each from its
// first word to before its end.
type gaps [2]struct{ from, to int32 }

// hold reports whether one of the gaps holds the words first to last.
func (g *gaps) hold(first, last int) bool {
	for _, s := range g {
		if int(s.from) <= first && last < int(s.to) {
			return true
		}
	}
	return false
}

// matcher runs a program over words: it follows every fragment that has begun
// and makes the steps of those that end. It is not safe for concurrent use.
type matcher struct {
	*places

	// The fragments that have begun, and the word's atoms, stamped with the
	// count of words.
	begun, still []begun
	stamp        []int32
	word         int32

	// Where each step was reached in the sentence at hand: entries of an older
	// sentence than the count are void.
	reached  [][]reach
	sentence []int32
	awaited  []int32 // by fragment: the last sentence in which a step waited for it
	count    int32
	fresh    []fresh // steps made at the word at hand
}

// begun is a fragment's beginning: its place, its first word, and whether a
// word has been taken by its sound.
type begun struct {
	at, first int32
	slipped   bool
}

// reach is a place where a step was made: the first word of the match so far,
// its last, and the gaps between.
type reach struct {
	first, last int32
	gaps        gaps
}

type fresh struct {
	step, first int32
	gaps        gaps
}

func newMatcher(p *program) *matcher {
	return &matcher{places: newPlaces(p), stamp: make([]int32, p.alphabet.next),
		reached: make([][]reach, len(p.steps)), sentence: make([]int32, len(p.steps)), awaited: make([]int32, len(p.fragments))}
}

// run appends the hits of all rules in a turn's words to buf, in order of
// their ends; of the matches of a rule that end with the same word, only the
// shortest. Sentences are matched apart.
func (m *matcher) run(words []Word, buf []hit) []hit {
	m.count++
	m.begun = m.begun[:0]
	for i := range words {
		w := &words[i]
		if w.brk == sentenceBreak {
			m.count++
			m.begun = m.begun[:0]
		}
		if w.sym == 0 {
			m.begun = m.begun[:0]
			continue
		}
		m.advance(m.sets[w.sym], int32(i))
		for k := range m.begun {
			b := &m.begun[k]
			for _, f := range m.all[b.at].frags {
				m.end(f, b.first)
			}
		}
		if len(m.fresh) > 0 {
			buf = m.enter(int32(i), buf)
		}
	}
	return buf
}

// advance takes every beginning one word further, and begins what the word can
// begin.
func (m *matcher) advance(atoms []atom, at int32) {
	m.word++
	for _, a := range atoms {
		m.stamp[a] = m.word
	}
	m.still = m.still[:0]
	for _, b := range m.begun {
		for _, e := range m.edgesOf(b.at) {
			if m.stamp[e.atom] == m.word {
				m.take(e, b)
			}
		}
	}
	for _, a := range atoms {
		for _, e := range m.root[a] {
			m.take(e, begun{first: at})
		}
	}
	m.begun, m.still = m.still, m.begun
}

func (m *matcher) take(e edge, b begun) {
	if e.literal >= 0 {
		if b.slipped || m.stamp[e.literal] == m.word {
			return
		}
		b.slipped = true
	}
	b.at = e.to
	for _, other := range m.still {
		if other == b {
			return
		}
	}
	m.still = append(m.still, b)
}

// end collects the steps that a fragment makes which began at word first.
func (m *matcher) end(f, first int32) {
	frag := &m.prog.fragments[f]
	if frag.first >= 0 {
		m.collect(fresh{step: frag.first, first: first})
	}
	if m.awaited[f] != m.count {
		return
	}
	for i := range frag.after {
		fo := &frag.after[i]
		if m.sentence[fo.from] != m.count {
			continue
		}
		best := fresh{step: fo.to, first: -1}
		for _, r := range m.reached[fo.from] {
			if r.last < first && first-r.last-1 <= int32(fo.gap) && r.first > best.first {
				best.first, best.gaps = r.first, r.gaps
				if r.last+1 < first {
					best.gaps[1] = best.gaps[0]
					best.gaps[0].from, best.gaps[0].to = r.last+1, first
				}
			}
		}
		if best.first >= 0 {
			m.collect(best)
		}
	}
}

// collect keeps the shortest way to each step.
func (m *matcher) collect(f fresh) {
	for i := range m.fresh {
		if m.fresh[i].step == f.step {
			if f.first > m.fresh[i].first {
				m.fresh[i] = f
			}
			return
		}
	}
	m.fresh = append(m.fresh, f)
}

// enter notes the steps made at word last, only now that all are known, so
// that a fragment never follows one that ends with the same word.
func (m *matcher) enter(last int32, buf []hit) []hit {
	for _, f := range m.fresh {
		s := &m.prog.steps[f.step]
		if len(s.waits) > 0 {
			if m.sentence[f.step] != m.count {
				m.sentence[f.step] = m.count
				m.reached[f.step] = m.reached[f.step][:0]
				for _, frag := range s.waits {
					m.awaited[frag] = m.count
				}
			}
			m.reached[f.step] = append(m.reached[f.step], reach{f.first, last, f.gaps})
		}
		for _, rule := range s.rules {
			buf = appendHit(buf, hit{rule, f.first, last, f.gaps})
		}
	}
	m.fresh = m.fresh[:0]
	return buf
}

// appendHit adds h, or shortens the same rule's hit at the same end.
func appendHit(buf []hit, h hit) []hit {
	for i := len(buf) - 1; i >= 0 && buf[i].last == h.last; i-- {
		if buf[i].rule == h.rule {
			if h.first > buf[i].first {
				buf[i] = h
			}
			return buf
		}
	}
	return append(buf, h)
}
