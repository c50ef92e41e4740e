package features

import "slices"

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

// matcher runs a program over the words of a call. It walks through every
// sentence once with the automaton, which settles rules of one fragment; rules
// of several are only looked for where a sentence holds their two rarest. It
// is not safe for concurrent use.
type matcher struct {
	prog   *program
	walker walker

	marked  []int32   // by mark: the last word at which it was set
	words   int32     // read so far
	ahead   []suspect // whose second fragment is to come yet
	suspect []suspect
	chains  chains
	touched int
}

// suspect is a group whose rarest fragment ends at a word, and whose second is
// in the same sentence.
type suspect struct {
	group uint16
	word  int32
}

// foundAt is what ends at a word: of fragments that began before it, and of
// its own.
type foundAt [2]*finding

func newMatcher(p *program) *matcher {
	return &matcher{prog: p, marked: make([]int32, p.marks+1), chains: newChains(p), words: 1}
}

func (m *matcher) symbolOf(word string) symbol { return m.prog.auto.symbolOf(word) }

// run appends the hits of all rules in a turn's words to buf, in order of
// their ends; of the matches of a rule that end with the same word, only the
// shortest. Sentences are matched apart.
func (m *matcher) run(words []Word, buf []hit) []hit {
	m.read(words, nil)
	return m.turn(words, 0, buf)
}

// read walks through the words of a call, whose turns end before the given
// words.
func (m *matcher) read(words []Word, ends []int) {
	if m.words > 1<<30 {
		clear(m.marked)
		m.words = 1
	}
	m.walker.walk(&m.prog.auto, words, ends)
}

// turn appends the hits in the turn that begins with word base of those read.
func (m *matcher) turn(words []Word, base int, buf []hit) []hit {
	start := 0
	for i := 1; i <= len(words); i++ {
		if i == len(words) || words[i].brk == sentenceBreak {
			buf = m.sentence(m.walker.found[base+start:base+i], start, buf)
			start = i
		}
	}
	return buf
}

// sentence adds the hits in a sentence that begins with the turn's word start.
func (m *matcher) sentence(found []foundAt, start int, buf []hit) []hit {
	m.ahead, m.suspect = m.ahead[:0], m.suspect[:0]
	base := m.words
	// Reading all of them once, with nothing that depends on it, lets their
	// memory come at the same time.
	for i := range found {
		for _, f := range found[i] {
			if f != nil {
				m.touched += int(f.notes)
			}
		}
	}
	for i := range found {
		for _, f := range found[i] {
			if f == nil {
				continue
			}
			at := base + int32(i)
			checks, marks := f.noted()
			for _, g := range checks {
				m.check(g, base, at)
			}
			for _, mark := range marks {
				m.marked[mark] = at
			}
			if !f.rules {
				continue
			}
			for _, s := range f.singles {
				buf = appendHit(buf, hit{rule: s.rule, first: int32(start+i) - s.age, last: int32(start + i)})
			}
		}
	}
	m.words += int32(len(found))
	for _, a := range m.ahead {
		if m.marked[m.prog.groups[a.group].second] > a.word {
			m.suspect = append(m.suspect, a)
		}
	}
	if len(m.suspect) > 0 {
		buf = m.settle(found, start, base, buf)
	}
	return buf
}

// check suspects a group whose rarest fragment ends at a word, or waits for
// what must come behind it.
func (m *matcher) check(g uint16, base, at int32) {
	group := m.prog.groups[g]
	if group.within == 0 {
		m.ahead = append(m.ahead, suspect{g, at})
	} else if before := m.marked[group.second]; before >= base && at-before <= group.within {
		m.suspect = append(m.suspect, suspect{g, at})
	}
}

// settle adds the hits of the suspected groups in the sentence that begins
// with word start of the turn, and word base of all.
func (m *matcher) settle(found []foundAt, start int, base int32, buf []hit) []hit {
	from, to := int32(len(found)), int32(0)
	for _, s := range m.suspect {
		rules := m.prog.grouped[s.group]
		for i := range rules {
			if r := &rules[i]; m.hasMarks(r.marks, base) {
				m.chains.want(r.end)
				from = min(from, s.word-base-r.before+1)
				to = max(to, s.word-base+r.behind+1)
			}
		}
	}
	if !m.chains.wanted() {
		return buf
	}
	from, to = max(from, 0), min(to, int32(len(found)))
	for _, at := range found[from:to] { // as in sentence, for the endings' memory
		for _, f := range at {
			if f != nil && len(f.ends) > 0 {
				m.touched += int(f.ends[0])
			}
		}
	}
	before := len(buf)
	buf = m.chains.run(found[from:to], int32(start)+from, buf)
	if len(buf) > before {
		slices.SortStableFunc(buf, func(a, b hit) int { return int(a.last - b.last) })
	}
	return buf
}

// hasMarks reports whether all marks were set since the word base.
func (m *matcher) hasMarks(marks []int32, base int32) bool {
	for _, mark := range marks {
		if m.marked[mark] < base {
			return false
		}
	}
	return true
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
