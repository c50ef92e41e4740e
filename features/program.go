package features

import (
	"fmt"
	"slices"
)

// program holds all rules of a catalog. Every pattern is cut at its gaps into
// fragments; one nondeterministic automaton finds all fragments, and a tree of
// steps says which fragments, how far apart, make a rule. A program is safe
// for concurrent use; each worker runs it through its own matcher.
type program struct {
	alphabet  *alphabet
	states    []state
	fragments []fragment
	steps     []step
}

// fragment is a part of patterns without gaps. Equal fragments of several
// patterns are one.
type fragment struct {
	begin int32 // its start state
	first int32 // the step that it makes from nothing, or -1
	after []follow
}

// follow is a step that a fragment makes when it begins at most gap words
// behind the end of another step.
type follow struct {
	from, to int32
	gap      int
}

// step is a place in some patterns where a fragment has ended.
type step struct {
	rules []int32 // that are complete here
	waits []int32 // the fragments that lead on from here
}

type state struct {
	op    stateOp
	atom  atom
	sound atom // stateAtom: the atom that will do instead, once in a match, or -1
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

// maxStates bounds a catalog.
const maxStates = 1 << 20

type compiler struct {
	*program
	classes   map[string]*node
	atoms     map[string]atom // by class
	fragByKey map[string]int32
	stepByKey map[stepKey]int32
}

type stepKey struct {
	from, frag int32
	gap        int
}

// compile builds the program of the patterns; rule i is pattern i.
func compile(patterns []*node, classes map[string]*node) (*program, error) {
	c := &compiler{program: &program{alphabet: newAlphabet()}, classes: classes, atoms: map[string]atom{},
		fragByKey: map[string]int32{}, stepByKey: map[stepKey]int32{}}
	for i, n := range patterns {
		ways, err := n.chains(classes)
		if err != nil {
			return nil, err
		}
		for _, way := range ways {
			if err := c.addChain(way, int32(i)); err != nil {
				return nil, err
			}
		}
		if len(c.states) > maxStates {
			return nil, fmt.Errorf("the patterns need more than %d states", maxStates)
		}
	}
	return c.program, nil
}

func (c *compiler) addChain(way chain, rule int32) error {
	at := int32(-1)
	for _, l := range way {
		f, err := c.fragment(l.frag)
		if err != nil {
			return err
		}
		key := stepKey{at, f, l.gap}
		to, ok := c.stepByKey[key]
		if !ok {
			to = int32(len(c.steps))
			c.steps = append(c.steps, step{})
			c.stepByKey[key] = to
			if at < 0 {
				c.fragments[f].first = to
			} else {
				c.fragments[f].after = append(c.fragments[f].after, follow{at, to, l.gap})
				if !slices.Contains(c.steps[at].waits, f) {
					c.steps[at].waits = append(c.steps[at].waits, f)
				}
			}
		}
		at = to
	}
	if !slices.Contains(c.steps[at].rules, rule) {
		c.steps[at].rules = append(c.steps[at].rules, rule)
	}
	return nil
}

func (c *compiler) fragment(n *node) (int32, error) {
	key := n.key()
	if f, ok := c.fragByKey[key]; ok {
		return f, nil
	}
	f := int32(len(c.fragments))
	start, err := c.build(n, c.add(state{op: stateAccept, frag: f}))
	c.fragByKey[key] = f
	c.fragments = append(c.fragments, fragment{begin: start, first: -1})
	return f, err
}

func (c *compiler) add(s state) int32 {
	c.states = append(c.states, s)
	return int32(len(c.states) - 1)
}

// build adds the states of n, which go on to next, and returns its first.
func (c *compiler) build(n *node, next int32) (int32, error) {
	switch n.op {
	case opSeq:
		return c.buildSeq(n.subs, next)
	case opAlt:
		return c.buildAlt(n.subs, next)
	case opMaybe:
		start, err := c.build(n.subs[0], next)
		return c.add(state{op: stateSplit, out: start, alt: next}), err
	case opClass:
		return c.buildClass(n.text, next)
	case opPrefix:
		return c.atom(c.alphabet.prefix(n.text), next), nil
	case opNumber:
		return c.atom(atomNumber, next), nil
	case opLetter:
		return c.atom(atomLetter, next), nil
	}
	return c.atom(c.alphabet.literal(n.text), next), nil
}

func (c *compiler) atom(a atom, next int32) int32 {
	return c.add(state{op: stateAtom, atom: a, sound: -1, out: next})
}

func (c *compiler) buildSeq(subs []*node, next int32) (int32, error) {
	var err error
	for i := len(subs) - 1; i >= 0 && err == nil; i-- {
		run := i
		for run >= 0 && subs[run].op == opWord && isHanWord(subs[run].text) {
			run--
		}
		if i-run >= minSoundRun {
			next = c.buildRun(subs[run+1:i+1], next)
			i = run + 1
			continue
		}
		next, err = c.build(subs[i], next)
	}
	return next, err
}

// buildRun builds a run of Han characters, each of which may be another of the
// same sound.
func (c *compiler) buildRun(run []*node, next int32) int32 {
	for i := len(run) - 1; i >= 0; i-- {
		next = c.atom(c.alphabet.literal(run[i].text), next)
		if sound, ok := c.alphabet.sound(run[i].text); ok {
			c.states[next].sound = sound
		}
	}
	return next
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
	single, rest := splitClass(class)
	if len(single) == 0 {
		return c.buildAlt(rest, next)
	}
	at, ok := c.atoms[name]
	if !ok {
		at = c.alphabet.fresh()
		c.atoms[name] = at
		for _, w := range single {
			c.alphabet.words[w] = append(c.alphabet.words[w], at)
		}
	}
	start := c.atom(at, next)
	if len(rest) == 0 {
		return start, nil
	}
	other, err := c.buildAlt(rest, next)
	return c.add(state{op: stateSplit, out: start, alt: other}), err
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
