package features

import (
	"encoding/binary"
	"slices"
)

// symbol stands for a set of atoms: all that the patterns can tell of a word.
// Symbol 0 is the empty set, the symbol of most words.
type symbol int32

// places is a program's fragments as a deterministic tree of places, made as
// far as it was needed yet. A place is what a fragment's beginning has come to;
// its edges ask for one atom each. It depends on the words of one match alone,
// not on what else is waiting, so there are no more places than the rules have
// room for. It is not safe for concurrent use.
type places struct {
	nfa
	symbols map[string]symbol // by atoms
	sets    [][]atom          // by symbol
	all     []place
	byKey   map[string]int32
	root    [][]edge  // by atom
	rooted  []bool    // by atom: whether root is known
	begins  [][]int32 // by atom: states of built fragments that wait for it first

	atoms []atom
	key   []byte
	mark  []int32
	round int32
}

type place struct {
	states []int32 // of the program, that wait for a word
	frags  []int32 // that end here
	edges  []edge  // by atom, once known
	known  bool
}

// edge leads to a place. An edge by sound is for words that are not literally
// what the pattern says.
type edge struct {
	atom    atom
	literal atom // of an edge by sound; else noAtom
	to      int32
}

func newPlaces(p *program) places {
	atoms := p.alphabet.next
	return places{nfa: newNFA(p), symbols: map[string]symbol{"": 0}, sets: [][]atom{nil}, byKey: map[string]int32{},
		root: make([][]edge, atoms), rooted: make([]bool, atoms), begins: make([][]int32, atoms)}
}

// symbolOf returns the word's symbol.
func (s *places) symbolOf(word string) symbol {
	s.atoms = s.prog.alphabet.atomsOf(word, s.atoms)
	if len(s.atoms) == 0 {
		return 0
	}
	s.key = s.key[:0]
	for _, at := range s.atoms {
		s.key = binary.AppendUvarint(s.key, uint64(at))
	}
	if sym, ok := s.symbols[string(s.key)]; ok {
		return sym
	}
	sym := symbol(len(s.sets))
	s.symbols[string(s.key)] = sym
	s.sets = append(s.sets, slices.Clone(s.atoms))
	return sym
}

// rootEdges returns the edges of what begins with the atom.
func (s *places) rootEdges(a atom) []edge {
	if s.rooted[a] {
		return s.root[a]
	}
	for _, f := range s.prog.begins.of(a) {
		if s.begin[f] < 0 {
			s.open(f)
		}
	}
	s.rooted[a] = true
	s.root[a] = s.edges(s.begins[a], a)
	return s.root[a]
}

// open builds a fragment and notes what it may begin with.
func (s *places) open(f int32) {
	states, _ := s.closure([]int32{s.fragment(f)})
	for _, at := range states {
		st := &s.states[at]
		s.begins[st.atom] = append(s.begins[st.atom], at)
		if st.sound != noAtom {
			s.begins[st.sound] = append(s.begins[st.sound], at)
		}
	}
}

// edgesOf returns the edges of a place.
func (s *places) edgesOf(at int32) []edge {
	if !s.all[at].known {
		edges := s.edges(s.all[at].states, noAtom)
		s.all[at].edges, s.all[at].known = edges, true
	}
	return s.all[at].edges
}

// edges groups states by what they wait for, only one atom where that is given,
// and returns where each leads.
func (s *places) edges(states []int32, only atom) []edge {
	type want struct{ atom, literal atom }
	outs := map[want][]int32{}
	var wants []want
	add := func(w want, out int32) {
		if only != noAtom && w.atom != only {
			return
		}
		if outs[w] == nil {
			wants = append(wants, w)
		}
		outs[w] = append(outs[w], out)
	}
	for _, at := range states {
		st := &s.states[at]
		add(want{st.atom, noAtom}, st.out)
		if st.sound != noAtom {
			add(want{st.sound, st.atom}, st.out)
		}
	}
	var edges []edge
	for _, w := range wants {
		to, frags := s.closure(outs[w])
		edges = append(edges, edge{w.atom, w.literal, s.intern(to, frags)})
	}
	return edges
}

// closure returns the waiting states and the ended fragments that the states
// reach without a word.
func (s *places) closure(from []int32) (states, frags []int32) {
	for len(s.mark) < len(s.states) {
		s.mark = append(s.mark, 0)
	}
	s.round++
	stack := slices.Clone(from)
	for len(stack) > 0 {
		at := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if s.mark[at] == s.round {
			continue
		}
		s.mark[at] = s.round
		switch st := &s.states[at]; st.op {
		case stateSplit:
			stack = append(stack, st.out, st.alt)
		case stateAccept:
			frags = append(frags, st.frag)
		default:
			states = append(states, at)
		}
	}
	slices.Sort(states)
	slices.Sort(frags)
	return states, frags
}

func (s *places) intern(states, frags []int32) int32 {
	s.key = s.key[:0]
	for _, st := range states {
		s.key = binary.AppendUvarint(s.key, uint64(st)+1)
	}
	s.key = append(s.key, 0)
	for _, f := range frags {
		s.key = binary.AppendUvarint(s.key, uint64(f))
	}
	if id, ok := s.byKey[string(s.key)]; ok {
		return id
	}
	id := int32(len(s.all))
	s.all = append(s.all, place{states: states, frags: frags})
	s.byKey[string(s.key)] = id
	return id
}
