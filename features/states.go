package features

// nfa is the fragments that were asked for yet, as a nondeterministic
// automaton.
type nfa struct {
	prog   *program
	states []nfaState
	begin  []int32 // by fragment: its start state, or -1 before it is built
}

type nfaState struct {
	op    stateOp
	atom  atom
	sound atom // stateAtom: the atom that will do instead, once in a match, or noAtom
	out   int32
	alt   int32 // stateSplit
	frag  int32 // stateAccept
}

type stateOp uint8

const (
	stateAtom stateOp = iota
	stateSplit
	stateAccept
)

func newNFA(p *program) nfa {
	n := nfa{prog: p, begin: make([]int32, len(p.fragments))}
	for i := range n.begin {
		n.begin[i] = -1
	}
	return n
}

// fragment builds the states of a fragment and returns the first.
func (n *nfa) fragment(f int32) int32 {
	n.begin[f] = n.build(n.prog.fragments[f].node, n.add(nfaState{op: stateAccept, frag: f}))
	return n.begin[f]
}

func (n *nfa) add(s nfaState) int32 {
	n.states = append(n.states, s)
	return int32(len(n.states) - 1)
}

// build adds the states of a node, which go on to next, and returns its first.
func (n *nfa) build(at *node, next int32) int32 {
	switch a := n.prog.alphabet; at.op {
	case opSeq:
		return n.buildSeq(at.subs, next)
	case opAlt:
		return n.buildAlt(at.subs, next)
	case opMaybe:
		return n.add(nfaState{op: stateSplit, out: n.build(at.subs[0], next), alt: next})
	case opClass:
		return n.buildClass(at.text, next)
	case opPrefix:
		return n.atom(a.prefixes[at.text], next)
	case opNumber:
		return n.atom(atomNumber, next)
	case opLetter:
		return n.atom(atomLetter, next)
	default:
		return n.atom(a.literals[at.text], next)
	}
}

func (n *nfa) atom(a atom, next int32) int32 {
	return n.add(nfaState{op: stateAtom, atom: a, sound: noAtom, out: next})
}

func (n *nfa) buildSeq(subs []*node, next int32) int32 {
	for i := len(subs) - 1; i >= 0; i-- {
		run := i
		for run >= 0 && subs[run].op == opWord && isHanWord(subs[run].text) {
			run--
		}
		if i-run >= minSoundRun {
			next = n.buildRun(subs[run+1:i+1], next)
			i = run + 1
			continue
		}
		next = n.build(subs[i], next)
	}
	return next
}

// buildRun builds a run of Han characters, each of which may be another of the
// same sound.
func (n *nfa) buildRun(run []*node, next int32) int32 {
	for i := len(run) - 1; i >= 0; i-- {
		next = n.build(run[i], next)
		if sound, ok := n.prog.alphabet.sounds[run[i].text]; ok {
			n.states[next].sound = sound
		}
	}
	return next
}

func (n *nfa) buildAlt(subs []*node, next int32) int32 {
	start := n.build(subs[0], next)
	for _, sub := range subs[1:] {
		start = n.add(nfaState{op: stateSplit, out: start, alt: n.build(sub, next)})
	}
	return start
}

func (n *nfa) buildClass(name string, next int32) int32 {
	_, rest := splitClass(n.prog.classes[name])
	at := n.prog.alphabet.classes[name]
	if at == noAtom {
		return n.buildAlt(rest, next)
	}
	start := n.atom(at, next)
	if len(rest) == 0 {
		return start
	}
	return n.add(nfaState{op: stateSplit, out: start, alt: n.buildAlt(rest, next)})
}
