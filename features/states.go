package features

// nfa is the fragments that were asked for yet, as a nondeterministic
// automaton.
type nfa struct {
	prog   *program
	states []nfaState
	starts []int32 // by fragment: its first state plus 1, or 0 before it is built
}

// nfaState waits for a word, is two states at once, or is the end of a fragment.
type nfaState struct {
	op    stateOp
	want  int32 // stateWant: an atom or set, as in the code; stateAccept: the fragment
	other int32 // stateWant: the atom that will do instead, once in a match, or noAtom; stateSplit: the second state
	out   int32 // the state behind; stateSplit: the first
}

type stateOp uint8

const (
	stateWant stateOp = iota
	stateSplit
	stateAccept
)

func newNFA(p *program) nfa {
	return nfa{prog: p, states: make([]nfaState, 0, p.states), starts: make([]int32, len(p.fragments))}
}

// fragment returns the first state of a fragment, and builds it if need be.
func (n *nfa) fragment(f int32) int32 {
	if n.starts[f] == 0 {
		r := reader{b: n.prog.code[n.prog.codeAt[f]:n.prog.codeAt[f+1]]}
		n.starts[f] = n.build(&r, n.add(nfaState{op: stateAccept, want: f})) + 1
	}
	return n.starts[f] - 1
}

func (n *nfa) add(s nfaState) int32 {
	n.states = append(n.states, s)
	return int32(len(n.states) - 1)
}

// build adds the states of an instruction, which go on to next, and returns its
// first.
func (n *nfa) build(r *reader, next int32) int32 {
	x := int(r.number())
	switch operand := x / codeKinds; x % codeKinds {
	case codeSeq:
		for range operand {
			next = n.build(r, next)
		}
		return next
	case codeAlt:
		start := n.build(r, next)
		for range operand - 1 {
			start = n.add(nfaState{op: stateSplit, out: start, other: n.build(r, next)})
		}
		return start
	case codeMaybe:
		return n.add(nfaState{op: stateSplit, out: n.build(r, next), other: next})
	case codeSound:
		return n.add(nfaState{want: int32(operand), other: int32(r.number()), out: next})
	default:
		return n.add(nfaState{want: int32(operand), other: int32(noAtom), out: next})
	}
}
