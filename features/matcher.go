package features

import (
	"encoding/binary"
	"slices"
)

// symbol stands for a set of atoms: all that the patterns can tell of a word.
// Symbol 0 is the empty set, the symbol of most words.
type symbol int32

// hit is one place where a rule matches: the first and last word of its span.
type hit struct {
	rule        int32
	first, last int32
}

// maxDFA bounds the states that a matcher remembers; then it starts anew. What
// it remembers never changes what it finds.
const maxDFA = 1 << 16

// matcher runs a program over words. It turns the program into a deterministic
// automaton as it goes, one state for each set of places reached, so that a
// word costs one look-up however many rules there are. It is not safe for
// concurrent use.
type matcher struct {
	prog    *program
	symbols map[string]symbol
	sets    [][]atom

	states []dfaState
	byKey  map[string]int32
	next   map[uint64]int32

	atoms []atom
	key   []byte
	mark  []int32
	round int32
	sim   [2][]int32
}

type dfaState struct {
	places []int32 // program states that wait for a word
	rules  []int32 // rules that end here
}

func newMatcher(p *program) *matcher {
	m := &matcher{prog: p, symbols: map[string]symbol{"": 0}, sets: [][]atom{nil}, mark: make([]int32, len(p.states))}
	m.reset()
	return m
}

func (m *matcher) reset() {
	m.states = append(m.states[:0], dfaState{})
	m.byKey = map[string]int32{"": 0}
	m.next = make(map[uint64]int32, 1<<12)
}

// symbolOf returns the word's symbol.
func (m *matcher) symbolOf(word string) symbol {
	m.atoms = m.prog.alphabet.atomsOf(word, m.atoms)
	if len(m.atoms) == 0 {
		return 0
	}
	m.key = m.key[:0]
	for _, a := range m.atoms {
		m.key = binary.AppendUvarint(m.key, uint64(a))
	}
	if s, ok := m.symbols[string(m.key)]; ok {
		return s
	}
	s := symbol(len(m.sets))
	m.symbols[string(m.key)] = s
	m.sets = append(m.sets, slices.Clone(m.atoms))
	return s
}

// run appends the hits of all rules in a turn's words to buf, in order of
// their ends. Sentences are matched apart.
func (m *matcher) run(words []Word, buf []hit) []hit {
	at := int32(0)
	sentence := 0
	for i := range words {
		if words[i].brk == sentenceBreak {
			at, sentence = 0, i
		}
		if at == 0 && words[i].sym == 0 {
			continue
		}
		at = m.step(at, words[i].sym)
		for _, rule := range m.states[at].rules {
			first := m.firstWord(rule, words, sentence, i)
			buf = append(buf, hit{rule, int32(first), int32(i)})
		}
	}
	return buf
}

func (m *matcher) step(from int32, sym symbol) int32 {
	key := uint64(from)<<32 | uint64(uint32(sym))
	if to, ok := m.next[key]; ok {
		return to
	}
	if len(m.states) >= maxDFA {
		places := m.states[from].places
		rules := m.states[from].rules
		m.reset()
		from = m.intern(places, rules)
		key = uint64(from)<<32 | uint64(uint32(sym))
	}
	to := m.compute(from, sym)
	m.next[key] = to
	return to
}

// compute finds the state after one more word: every waiting place that the
// word satisfies moves on, and every rule that it can begin starts.
func (m *matcher) compute(from int32, sym symbol) int32 {
	m.round++
	var places, rules []int32
	enter := func(s int32) {
		for _, c := range m.prog.closures[s] {
			if m.mark[c] == m.round {
				continue
			}
			m.mark[c] = m.round
			if st := &m.prog.states[c]; st.op == stateAccept {
				rules = append(rules, st.rule)
			} else {
				places = append(places, c)
			}
		}
	}
	for _, s := range m.states[from].places {
		if m.satisfies(s, sym) {
			enter(m.prog.states[s].out)
		}
	}
	for _, a := range m.sets[sym] {
		for _, s := range m.prog.starts[a] {
			enter(s)
		}
	}
	for _, s := range m.prog.anyStart {
		enter(s)
	}
	slices.Sort(places)
	slices.Sort(rules)
	return m.intern(places, slices.Compact(rules))
}

func (m *matcher) satisfies(s int32, sym symbol) bool {
	st := &m.prog.states[s]
	return st.op == stateAny || slices.Contains(m.sets[sym], st.atom)
}

func (m *matcher) intern(places, rules []int32) int32 {
	m.key = m.key[:0]
	for _, p := range places {
		m.key = binary.AppendUvarint(m.key, uint64(p)+1)
	}
	m.key = append(m.key, 0)
	for _, r := range rules {
		m.key = binary.AppendUvarint(m.key, uint64(r))
	}
	if len(m.key) == 1 {
		return 0
	}
	if id, ok := m.byKey[string(m.key)]; ok {
		return id
	}
	id := int32(len(m.states))
	m.states = append(m.states, dfaState{places, rules})
	m.byKey[string(m.key)] = id
	return id
}

// firstWord returns the start of the rule's shortest match that ends with word
// last: the automaton tells only where a match ends.
func (m *matcher) firstWord(rule int32, words []Word, from, last int) int {
	for first := last; first > from; first-- {
		if m.matches(rule, words[first:last+1]) {
			return first
		}
	}
	return from
}

// matches reports whether the rule matches exactly these words.
func (m *matcher) matches(rule int32, words []Word) bool {
	now, then := append(m.sim[0][:0], m.prog.closures[m.prog.rules[rule]]...), m.sim[1][:0]
	for i := range words {
		m.round++
		then = then[:0]
		for _, s := range now {
			if m.prog.states[s].op == stateAccept || !m.satisfies(s, words[i].sym) {
				continue
			}
			for _, c := range m.prog.closures[m.prog.states[s].out] {
				if m.mark[c] != m.round {
					m.mark[c] = m.round
					then = append(then, c)
				}
			}
		}
		now, then = then, now
	}
	m.sim = [2][]int32{now, then}
	for _, s := range now {
		if m.prog.states[s].op == stateAccept {
			return true
		}
	}
	return false
}
