package features

import (
	"cmp"
	"fmt"
	"slices"
)

// program holds all rules of a catalog. Every pattern is cut at its gaps into
// fragments; an automaton finds all fragments, and a tree of steps says which
// fragments, how far apart, make a rule. A program is safe for concurrent use;
// each worker runs it through its own matcher.
type program struct {
	alphabet  *alphabet
	sets      lists    // of several atoms, that patterns ask for
	code      []byte   // of all fragments
	codeAt    []uint32 // by fragment: where its code begins; and the end
	states    int      // that all code gives
	begins    begins
	fragments []fragment
	steps     []step
	groups    []group
	grouped   [][]groupRule // by group
	marks     int32         // one more than the highest
	auto      automaton
}

// fragment is a part of patterns without gaps. Equal fragments of several
// patterns are one.
type fragment struct {
	first  int32    // the step that it makes from nothing, or -1
	joined bool     // whether a rule has it beside others
	groups []uint16 // of the rules whose rarest fragment it is
	mark   int32    // what is set when it ends, if a group asks for it, or 0
}

// step is a place in some patterns where a fragment has ended that began at
// most gap words behind the end of the step before, or anywhere when from is
// -1.
type step struct {
	frag, from int32
	gap        int32
	leads      bool    // whether another step comes from here
	rules      []int32 // that are complete here
}

// maxStates bounds a catalog.
const maxStates = 1 << 20

type compiler struct {
	*program
	spell     *speller
	classes   map[string]*node
	nodes     []*node            // by fragment
	often     map[string]float64 // by class: how often it is said
	fragByKey map[string]int32
	stepByKey map[stepKey]int32
	setByKey  map[string]int
	key       []byte
	atoms     []atom
	begun     []listed
	leaves    int
}

type stepKey struct{ from, frag, gap int32 }

// compile builds the program of the rules, each taken apart into chains. Common
// tells how often words are said; it decides nothing but the speed.
func compile(rules [][]chain, classes map[string]*node, common map[string]int) (*program, error) {
	c := &compiler{program: &program{}, spell: newSpeller(), classes: classes, often: map[string]float64{}, setByKey: map[string]int{},
		fragByKey: make(map[string]int32, 4*len(rules)), stepByKey: make(map[stepKey]int32, 4*len(rules))}
	for i, ways := range rules {
		for _, way := range ways {
			if err := c.addChain(way, int32(i)); err != nil {
				return nil, err
			}
		}
		if c.leaves > maxStates {
			return nil, fmt.Errorf("the patterns need more than %d states", maxStates)
		}
	}
	c.alphabet = c.spell.alphabet()
	anchored := make(chan error)
	go func() { anchored <- c.anchor(common) }() // shares nothing that changes with what follows
	err := c.encode()
	if err := cmp.Or(<-anchored, err); err != nil {
		return nil, err
	}
	c.auto.init(c.program)
	return c.program, nil
}

func (c *compiler) addChain(way chain, rule int32) error {
	at := int32(-1)
	for _, l := range way {
		f, err := c.fragment(l)
		if err != nil {
			return err
		}
		c.fragments[f].joined = c.fragments[f].joined || len(way) > 1
		key := stepKey{at, f, int32(l.gap)}
		to, ok := c.stepByKey[key]
		if !ok {
			to = int32(len(c.steps))
			c.steps = append(c.steps, step{frag: f, from: at, gap: key.gap})
			c.stepByKey[key] = to
			if at < 0 {
				c.fragments[f].first = to
			} else {
				c.steps[at].leads = true
			}
		}
		at = to
	}
	if s := &c.steps[at]; !slices.Contains(s.rules, rule) {
		s.rules = append(s.rules, rule)
	}
	return nil
}

func (c *compiler) fragment(l link) (int32, error) {
	if f, ok := c.fragByKey[l.key]; ok {
		return f, nil
	}
	f, n := int32(len(c.fragments)), l.frag
	c.fragByKey[l.key] = f
	c.fragments = append(c.fragments, fragment{first: -1})
	c.nodes = append(c.nodes, n)
	return f, c.learn(n)
}

// encode writes the code of all fragments, once all atoms are known.
func (c *compiler) encode() error {
	var code []byte
	c.sets.at = []int32{0}
	c.codeAt = make([]uint32, 1, len(c.nodes)+1)
	for f, n := range c.nodes {
		c.states++ // the end
		code = c.emit(code, n)
		c.codeAt = append(c.codeAt, uint32(len(code)))
		c.addBegins(n, int32(f))
		if c.states >= 1<<outStateBits || c.alphabet.next >= 1<<outAtomBits-1 {
			return fmt.Errorf("the patterns need more than %d states or %d words", 1<<outStateBits, 1<<outAtomBits)
		}
	}
	c.code = code
	c.begins = newBegins(sortLists(c.begun, int(c.spell.next)+c.sets.len()), &c.sets)
	return nil
}

// learn makes the alphabet know all that a fragment asks of words.
func (c *compiler) learn(n *node) error {
	c.leaves++
	switch n.op {
	case opWord:
		c.spell.literal(n.text)
	case opPrefix:
		c.spell.prefix(n.text)
	case opClass:
		return c.learnClass(n.text)
	case opSeq:
		eachRun(n.subs, func(run []*node) {
			for _, han := range run {
				c.spell.sound(han.text)
			}
		})
	}
	for _, sub := range n.subs {
		if err := c.learn(sub); err != nil {
			return err
		}
	}
	return nil
}

// learnClass gives all single words of a class one atom, so that a class of
// fifty words costs a rule one state.
func (c *compiler) learnClass(name string) error {
	if _, ok := c.spell.classes[name]; ok {
		return nil
	}
	class := c.classes[name]
	if class == nil {
		return fmt.Errorf("unknown word class <%s>", name)
	}
	single, rest := splitClass(class)
	at := noAtom
	if len(single) > 0 {
		at = c.spell.fresh()
		for _, w := range single {
			c.spell.words[w] = append(c.spell.words[w], at)
		}
	}
	c.spell.classes[name] = at
	for _, sub := range rest {
		if err := c.learn(sub); err != nil {
			return err
		}
	}
	return nil
}

// eachRun yields the runs of Han characters that also match by sound.
func eachRun(subs []*node, yield func([]*node)) {
	for i := 0; i < len(subs); i++ {
		end := runEnd(subs, i)
		if end-i >= minSoundRun {
			yield(subs[i:end])
		}
		i = max(i, end-1)
	}
}

// runEnd returns where the Han characters that begin at i end.
func runEnd(subs []*node, i int) int {
	for i < len(subs) && subs[i].op == opWord && isHanWord(subs[i].text) {
		i++
	}
	return i
}

// splitClass returns the single words of a class, sorted, and its other
// members.
func splitClass(class *node) (words []string, rest []*node) {
	if f := class.class; f != nil {
		return f.words, f.rest
	}
	f := &classFacts{}
	class.class = f
	subs := []*node{class}
	if class.op == opAlt {
		subs = class.subs
	}
	for _, sub := range subs {
		if sub.op == opSeq && len(sub.subs) == 1 && sub.subs[0].op == opWord {
			f.words = append(f.words, sub.subs[0].text)
		} else {
			f.rest = append(f.rest, sub)
		}
	}
	slices.Sort(f.words)
	f.words = slices.Compact(f.words)
	return f.words, f.rest
}
