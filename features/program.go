package features

import (
	"fmt"
	"slices"
)

// program holds all rules of a catalog as one nondeterministic automaton. It
// is safe for concurrent use; each worker runs it through its own matcher.
type program struct {
	alphabet *alphabet
	states   []state
	rules    []int32   // by rule: its start state
	starts   [][]int32 // by atom: the states after it of rules that it begins
	anyStart []int32
	closures [][]int32 // by state: what it reaches without a word
}

type state struct {
	op   stateOp
	atom atom
	out  int32
	alt  int32 // stateSplit
	rule int32 // stateAccept
}

type stateOp uint8

const (
	stateAtom stateOp = iota
	stateAny
	stateSplit
	stateAccept
)

// maxStates bounds a catalog.
const maxStates = 1 << 20

type compiler struct {
	prog    *program
	classes map[string]*node
	atoms   map[string]atom // by class
}

// compile builds the program of the patterns; rule i accepts with number i.
func compile(patterns []*node, classes map[string]*node) (*program, error) {
	c := &compiler{prog: &program{alphabet: newAlphabet()}, classes: classes, atoms: map[string]atom{}}
	for i, p := range patterns {
		accept := c.add(state{op: stateAccept, rule: int32(i)})
		start, err := c.build(p, accept)
		if err != nil {
			return nil, err
		}
		c.prog.rules = append(c.prog.rules, start)
		if len(c.prog.states) > maxStates {
			return nil, fmt.Errorf("the patterns need more than %d states", maxStates)
		}
	}
	c.prog.finish()
	return c.prog, nil
}

func (c *compiler) add(s state) int32 {
	c.prog.states = append(c.prog.states, s)
	return int32(len(c.prog.states) - 1)
}

// build adds the states of n, which go on to next, and returns its first.
func (c *compiler) build(n *node, next int32) (int32, error) {
	switch n.op {
	case opSeq:
		var err error
		for i := len(n.subs) - 1; i >= 0 && err == nil; i-- {
			next, err = c.build(n.subs[i], next)
		}
		return next, err
	case opAlt:
		return c.buildAlt(n.subs, next)
	case opMaybe:
		start, err := c.build(n.subs[0], next)
		return c.add(state{op: stateSplit, out: start, alt: next}), err
	case opGap:
		after := next
		for range n.gap {
			any := c.add(state{op: stateAny, out: next})
			next = c.add(state{op: stateSplit, out: after, alt: any})
		}
		return next, nil
	case opClass:
		return c.buildClass(n.text, next)
	case opPrefix:
		return c.add(state{op: stateAtom, atom: c.prog.alphabet.prefix(n.text), out: next}), nil
	case opNumber:
		return c.add(state{op: stateAtom, atom: atomNumber, out: next}), nil
	case opLetter:
		return c.add(state{op: stateAtom, atom: atomLetter, out: next}), nil
	}
	return c.add(state{op: stateAtom, atom: c.prog.alphabet.literal(n.text), out: next}), nil
}

func (c *compiler) buildAlt(subs []*node, next int32) (int32, error) {
	start, err := c.build(subs[0], next)
	for _, sub := range subs[1:] {
		if err != nil {
			return 0, err
		}
		var other int32
		other, err = c.build(sub, next)
		start = c.add(state{op: stateSplit, out: start, alt: other})
	}
	return start, err
}

// buildClass gives all single words of a class one atom, so that a class of
// fifty words costs a rule one state.
func (c *compiler) buildClass(name string, next int32) (int32, error) {
	class := c.classes[name]
	if class == nil {
		return 0, fmt.Errorf("unknown word class <%s>", name)
	}
	words, rest := splitClass(class)
	var subs []int32
	if len(words) > 0 {
		at, ok := c.atoms[name]
		if !ok {
			at = c.prog.alphabet.fresh()
			c.atoms[name] = at
			for _, w := range words {
				c.prog.alphabet.words[w] = append(c.prog.alphabet.words[w], at)
			}
		}
		subs = append(subs, c.add(state{op: stateAtom, atom: at, out: next}))
	}
	for _, sub := range rest {
		start, err := c.build(sub, next)
		if err != nil {
			return 0, err
		}
		subs = append(subs, start)
	}
	start := subs[0]
	for _, other := range subs[1:] {
		start = c.add(state{op: stateSplit, out: start, alt: other})
	}
	return start, nil
}

func splitClass(class *node) (words []string, rest []*node) {
	subs := []*node{class}
	if class.op == opAlt {
		subs = class.subs
	}
	for _, sub := range subs {
		if sub.op == opSeq && len(sub.subs) == 1 && sub.subs[0].op == opWord {
			words = append(words, sub.subs[0].text)
		} else {
			rest = append(rest, sub)
		}
	}
	slices.Sort(words)
	return slices.Compact(words), rest
}

// finish computes what each state reaches without a word, and where each atom
// leads from the start.
func (p *program) finish() {
	p.closures = make([][]int32, len(p.states))
	mark := make([]int32, len(p.states))
	for i := range p.states {
		p.closures[i] = p.reach(int32(i), mark, int32(i)+1)
	}
	p.starts = make([][]int32, p.alphabet.next)
	for _, start := range p.rules {
		for _, s := range p.closures[start] {
			st := &p.states[s]
			switch st.op {
			case stateAtom:
				p.starts[st.atom] = append(p.starts[st.atom], st.out)
			case stateAny:
				p.anyStart = append(p.anyStart, st.out)
			}
		}
	}
}

func (p *program) reach(from int32, mark []int32, round int32) []int32 {
	var out []int32
	stack := []int32{from}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if mark[s] == round {
			continue
		}
		mark[s] = round
		if p.states[s].op == stateSplit {
			stack = append(stack, p.states[s].out, p.states[s].alt)
		} else {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}
