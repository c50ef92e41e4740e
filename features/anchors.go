package features

import (
	"fmt"
	"math"
	"slices"
)

// group is the rules whose two rarest fragments are the same. None of them can
// match in a sentence that lacks either: only a sentence with both is looked
// at closer. Which fragments count as rare decides the speed and nothing else.
type group struct {
	second int32 // the mark of the fragment that must show too
	within int32 // at most so many words before the rarest; behind it when 0
}

// groupRule is a step that completes a rule, how many words before and behind
// the end of the rarest fragment the rule may reach, and the marks of the other
// fragments on its way that have one.
type groupRule struct {
	end            int32
	before, behind int32
	marks          []int32
}

// maxGroups bounds a catalog: groups and marks are written down in two bytes.
const maxGroups = 1<<16 - 1

// anchor puts every rule of several fragments into its group.
func (c *compiler) anchor(common map[string]int) error {
	said := c.howOften(common)
	type key struct{ rarest, second, within int32 }
	byKey := map[key]int{}
	for end := range c.steps {
		if len(c.steps[end].rules) == 0 || c.steps[end].from < 0 {
			continue
		}
		way := c.way(int32(end))
		first, other := rarest(way, func(at int32) float64 { return said[c.steps[at].frag] })
		k := key{rarest: c.steps[way[first]].frag, second: c.steps[way[other]].frag}
		if other < first {
			k.within = c.span(way[other+1 : first+1])
		}
		g, ok := byKey[k]
		if !ok {
			if g = len(c.groups); g == maxGroups {
				return fmt.Errorf("the patterns need more than %d groups", maxGroups)
			}
			byKey[k] = g
			c.groups = append(c.groups, group{second: c.mark(k.second), within: k.within})
			c.grouped = append(c.grouped, nil)
			c.fragments[k.rarest].groups = append(c.fragments[k.rarest].groups, uint16(g))
		}
		c.grouped[g] = append(c.grouped[g], groupRule{end: int32(end), before: c.span(way[:first+1]), behind: c.span(way[first+1:])})
	}
	for g := range c.groups {
		for i := range c.grouped[g] {
			r := &c.grouped[g][i]
			for _, at := range c.way(r.end) {
				if m := c.fragments[c.steps[at].frag].mark; m > 0 && m != c.groups[g].second {
					r.marks = append(r.marks, m)
				}
			}
		}
	}
	return nil
}

func (c *compiler) mark(frag int32) int32 {
	f := &c.fragments[frag]
	if f.mark == 0 {
		c.marks++
		f.mark = c.marks
	}
	return f.mark
}

// way returns the steps that lead to a step, and that step.
func (c *compiler) way(end int32) []int32 {
	var way []int32
	for at := end; at >= 0; at = c.steps[at].from {
		way = append(way, at)
	}
	slices.Reverse(way)
	return way
}

// span returns how many words the steps take at most.
func (c *compiler) span(way []int32) int32 {
	words := int32(0)
	for _, at := range way {
		_, most := c.nodes[c.steps[at].frag].width(c.classes)
		words += c.steps[at].gap + int32(most)
	}
	return words
}

// rarest returns which of at least two steps is the rarest, and the next.
func rarest(way []int32, often func(int32) float64) (first, second int) {
	first, second = 0, 1
	if often(way[1]) < often(way[0]) {
		first, second = 1, 0
	}
	for i := 2; i < len(way); i++ {
		switch p := often(way[i]); {
		case p < often(way[first]):
			first, second = i, first
		case p < often(way[second]):
			second = i
		}
	}
	return first, second
}

// howOften estimates, for every fragment, how often it is said.
func (c *compiler) howOften(common map[string]int) []float64 {
	total := 1.0
	byAtom := make([]float64, c.spell.next)
	var atoms []atom
	for w, n := range common {
		atoms = c.alphabet.atomsOf(w, atoms)
		for _, a := range atoms {
			byAtom[a] += float64(n)
		}
		total += float64(n)
	}
	for a := range byAtom {
		byAtom[a] = min(1, (byAtom[a]+0.2)/total)
	}
	out := make([]float64, len(c.fragments))
	for f := range out {
		out[f] = c.oftenAs(c.nodes[f], byAtom)
	}
	return out
}

// oftenAs estimates how often a node is said. Words that stand together in a
// rule go together in speech, so that a phrase is said more often than by
// chance.
func (c *compiler) oftenAs(n *node, byAtom []float64) float64 {
	switch n.op {
	case opSeq:
		rarest, rest := 1.0, 1.0
		for _, sub := range n.subs {
			if sub.op != opMaybe {
				p := c.oftenAs(sub, byAtom)
				rarest, rest = min(rarest, p), rest*max(rarest, p)
			}
		}
		return rarest * math.Sqrt(rest)
	case opAlt:
		p := 0.0
		for _, sub := range n.subs {
			p += c.oftenAs(sub, byAtom)
		}
		return min(1, p)
	case opMaybe:
		return 1
	case opClass:
		return c.oftenClass(n.text, byAtom)
	case opPrefix:
		return byAtom[c.spell.prefixes[n.text]]
	case opNumber:
		return byAtom[atomNumber]
	case opLetter:
		return byAtom[atomLetter]
	}
	return byAtom[c.spell.literals[n.text]]
}

func (c *compiler) oftenClass(name string, byAtom []float64) float64 {
	p, ok := c.often[name]
	if ok {
		return p
	}
	if a := c.spell.classes[name]; a != noAtom {
		p = byAtom[a]
	}
	_, rest := splitClass(c.classes[name])
	for _, sub := range rest {
		p += c.oftenAs(sub, byAtom)
	}
	c.often[name] = min(1, p)
	return c.often[name]
}
