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

// matcher runs a program over words. It goes through a sentence once with the
// automaton, which settles rules of one fragment; rules of several are only
// looked for where a sentence holds their two rarest. It is not safe for
// concurrent use.
type matcher struct {
	prog  *program
	cache *stateCache

	track   []*state  // of the sentence's words
	marked  []int     // by mark: the last word at which it was set
	words   int       // read so far
	ahead   []suspect // whose second fragment is to come yet
	suspect []suspect
	chains  chains
}

// suspect is a group whose rarest fragment ends at a word, and whose second is
// in the same sentence.
type suspect struct {
	group uint16
	word  int
}

func newMatcher(p *program) *matcher {
	return &matcher{prog: p, marked: make([]int, p.marks+1), chains: newChains(p), words: 1}
}

func (m *matcher) symbolOf(word string) symbol { return m.prog.auto.symbolOf(word) }

// run appends the hits of all rules in a turn's words to buf, in order of
// their ends; of the matches of a rule that end with the same word, only the
// shortest. Sentences are matched apart.
func (m *matcher) run(words []Word, buf []hit) []hit {
	m.cache = m.prog.auto.cache.Load()
	start := 0
	for i := 1; i <= len(words); i++ {
		if i == len(words) || words[i].brk == sentenceBreak {
			buf = m.sentence(words[start:i], start, buf)
			start = i
		}
	}
	return buf
}

// sentence adds the hits in a sentence that begins with the turn's word start.
func (m *matcher) sentence(words []Word, start int, buf []hit) []hit {
	m.track, m.ahead, m.suspect = m.track[:0], m.ahead[:0], m.suspect[:0]
	base := m.words
	st := m.cache.empty
	for i := range words {
		sym := words[i].sym
		if sym == 0 {
			st = m.cache.empty
			m.track = append(m.track, st)
			continue
		}
		next := m.cache.next(st, sym)
		if next == nil {
			m.cache, next = m.prog.auto.extend(m.cache, st, sym)
		}
		st = next
		m.track = append(m.track, st)
		at := base + i
		checks, marks := st.noted()
		for _, g := range checks {
			m.check(g, base, at)
		}
		for _, mark := range marks {
			m.marked[mark] = at
		}
		for _, s := range st.singles {
			buf = append(buf, hit{rule: s.rule, first: int32(start+i) - s.age, last: int32(start + i)})
		}
	}
	m.words += len(words)
	for _, a := range m.ahead {
		if m.marked[m.prog.groups[a.group].second] > a.word {
			m.suspect = append(m.suspect, a)
		}
	}
	if len(m.suspect) > 0 {
		buf = m.settle(start, base, buf)
	}
	return buf
}

// check suspects a group whose rarest fragment ends at a word, or waits for
// what must come behind it.
func (m *matcher) check(g uint16, base, at int) {
	group := &m.prog.groups[g]
	if group.within == 0 {
		m.ahead = append(m.ahead, suspect{g, at})
	} else if before := m.marked[group.second]; before >= base && at-before <= int(group.within) {
		m.suspect = append(m.suspect, suspect{g, at})
	}
}

// settle adds the hits of the suspected groups in the sentence that begins
// with word start of the turn, and word base of all.
func (m *matcher) settle(start, base int, buf []hit) []hit {
	from, to := len(m.track), 0
	for _, s := range m.suspect {
		rules := m.prog.groups[s.group].rules
		for i := range rules {
			if r := &rules[i]; m.hasMarks(r.marks, base) {
				m.chains.want(r.end)
				from = min(from, s.word-base-int(r.before)+1)
				to = max(to, s.word-base+int(r.behind)+1)
			}
		}
	}
	if !m.chains.wanted() {
		return buf
	}
	from, to = max(from, 0), min(to, len(m.track))
	before := len(buf)
	buf = m.chains.run(m.track[from:to], int32(start+from), buf)
	if len(buf) > before {
		slices.SortStableFunc(buf, func(a, b hit) int { return int(a.last - b.last) })
	}
	return buf
}

// hasMarks reports whether all marks were set since the word base.
func (m *matcher) hasMarks(marks []int32, base int) bool {
	for _, mark := range marks {
		if m.marked[mark] < base {
			return false
		}
	}
	return true
}
