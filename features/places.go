package features

import (
	"encoding/binary"
	"slices"
	"sort"
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
	all     []*place
	byKey   map[string]int32
	root    []*place // by atom: with the edges of what begins with it, or nil

	atoms  []atom
	key    []byte
	mark   []int32
	round  int32
	outs   []uint64
	stack  []int32
	closed place
}

type place struct {
	states []int32 // of the program, that wait for a word; nil once the edges are known
	frags  []int32 // that end here
	leads  bool    // whether a word may come
	known  bool    // whether edges and outs are
	edges  []edge  // by atom
	outs   []int32 // of all edges
}

// edge leads to a place, which is made when it is first gone to. An edge by
// sound is for words that are not literally what the pattern says.
type edge struct {
	atom    atom
	literal atom  // of an edge by sound; else noAtom
	to      int32 // or -1
	outs    int32 // where its states end among the place's outs
}

func newPlaces(p *program) places {
	return places{nfa: newNFA(p), symbols: map[string]symbol{"": 0}, sets: [][]atom{nil}, byKey: map[string]int32{}, mark: make([]int32, p.states),
		root: make([]*place, p.alphabet.next)}
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

// rootOf returns a place whose edges are those of what begins with the atom.
func (s *places) rootOf(a atom) *place {
	if s.root[a] != nil {
		return s.root[a]
	}
	s.outs = s.outs[:0]
	s.begin(a, int32(a))
	for _, set := range s.prog.begins.sets.of(int32(a)) {
		s.begin(a, set)
	}
	s.root[a] = &place{}
	s.connect(s.root[a])
	return s.root[a]
}

// begin notes where the fragments that may begin with the wanted atom or set
// come to by atom a.
func (s *places) begin(a atom, want int32) {
	for _, f := range s.prog.begins.atoms.of(want) {
		s.stack = append(s.stack[:0], s.fragment(f))
		s.closure()
		for _, at := range s.closed.states {
			switch st := &s.states[at]; want {
			case st.want:
				s.out(a, noAtom, st.out)
			case st.other:
				s.out(a, atom(st.want), st.out)
			}
		}
	}
}

// lead makes the edges of a place known.
func (s *places) lead(p *place) {
	s.outs = s.outs[:0]
	for _, at := range p.states {
		st := &s.states[at]
		if n := st.want - int32(s.prog.alphabet.next); n >= 0 {
			for _, a := range s.prog.sets.of(n) {
				s.out(atom(a), noAtom, st.out)
			}
			continue
		}
		s.out(atom(st.want), noAtom, st.out)
		if st.other >= 0 {
			s.out(atom(st.other), atom(st.want), st.out)
		}
	}
	s.connect(p)
	p.states = nil
}

// How many bits a state and an atom take among the outs.
const (
	outStateBits = 24
	outAtomBits  = 20
)

// out notes that a word with the atom leads to a state.
func (s *places) out(a, literal atom, state int32) {
	s.outs = append(s.outs, (uint64(a)<<outAtomBits|uint64(literal+1))<<outStateBits|uint64(state))
}

// connect gives a place the edges to the outs, which it sorts.
func (s *places) connect(p *place) {
	slices.Sort(s.outs)
	edges, before := 0, ^uint64(0)
	for _, x := range s.outs {
		if x >>= outStateBits; x != before {
			edges, before = edges+1, x
		}
	}
	p.known, p.edges, p.outs = true, make([]edge, 0, edges), make([]int32, len(s.outs))
	for i, x := range s.outs {
		p.outs[i] = int32(x & (1<<outStateBits - 1))
		if x >>= outStateBits; i == 0 || x != before {
			p.edges = append(p.edges, edge{atom: atom(x >> outAtomBits), literal: atom(x&(1<<outAtomBits-1)) - 1, to: -1})
			before = x
		}
		p.edges[len(p.edges)-1].outs = int32(i + 1)
	}
}

// follow returns the place that a place's edge leads to.
func (s *places) follow(p *place, i int) int32 {
	e := &p.edges[i]
	if e.to < 0 {
		from := int32(0)
		if i > 0 {
			from = p.edges[i-1].outs
		}
		s.stack = append(s.stack[:0], p.outs[from:e.outs]...)
		s.closure()
		e.to = s.intern(&s.closed)
	}
	return e.to
}

// withAtom returns which of the place's edges ask for the atom.
func (p *place) withAtom(a atom) (from, to int) {
	from = sort.Search(len(p.edges), func(i int) bool { return p.edges[i].atom >= a })
	for to = from; to < len(p.edges) && p.edges[to].atom == a; {
		to++
	}
	return from, to
}

// closure finds the waiting states and the ended fragments that the states on
// the stack reach without a word.
func (s *places) closure() {
	s.round++
	p := &s.closed
	p.states, p.frags = p.states[:0], p.frags[:0]
	for len(s.stack) > 0 {
		at := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		if s.mark[at] == s.round {
			continue
		}
		s.mark[at] = s.round
		switch st := &s.states[at]; st.op {
		case stateSplit:
			s.stack = append(s.stack, st.out, st.other)
		case stateAccept:
			p.frags = append(p.frags, st.want)
		default:
			p.states = append(p.states, at)
		}
	}
	slices.Sort(p.states)
	slices.Sort(p.frags)
}

func (s *places) intern(p *place) int32 {
	s.key = s.key[:0]
	for _, st := range p.states {
		s.key = binary.AppendUvarint(s.key, uint64(st)+1)
	}
	s.key = append(s.key, 0)
	for _, f := range p.frags {
		s.key = binary.AppendUvarint(s.key, uint64(f))
	}
	if id, ok := s.byKey[string(s.key)]; ok {
		return id
	}
	id := int32(len(s.all))
	s.all = append(s.all, &place{states: slices.Clone(p.states), frags: slices.Clone(p.frags), leads: len(p.states) > 0})
	s.byKey[string(s.key)] = id
	return id
}
