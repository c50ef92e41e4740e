package features

// chains follows the rules of several fragments through one sentence. Only
// the rules that were asked for are followed. It is not safe for concurrent
// use.
type chains struct {
	prog *program

	// The steps that are followed, and by fragment the list of those that it
	// makes; entries of an older round than the count are void.
	steps   []int32
	asked   []int32 // by step: the last round in which it was followed
	head    []int32 // by fragment: the first of its steps
	headOf  []int32 // by fragment: the round of head
	next    []int32 // by step: another of the same fragment
	round   int32
	reached [][]reach // by step
	fresh   []fresh   // steps made at the word at hand
}

// reach is a place where a step was made: the first word of the match so far,
// its last, and the gaps between.
type reach struct {
	first, last int32
	gaps        gaps
}

type fresh struct {
	step, first int32
	gaps        gaps
}

func newChains(p *program) chains {
	return chains{prog: p, round: 1, asked: make([]int32, len(p.steps)), next: make([]int32, len(p.steps)),
		reached: make([][]reach, len(p.steps)), head: make([]int32, len(p.fragments)), headOf: make([]int32, len(p.fragments))}
}

// want asks for a rule in the next run, by the step that completes it.
func (c *chains) want(end int32) {
	for at := end; at >= 0 && c.asked[at] != c.round; at = c.prog.steps[at].from {
		c.asked[at] = c.round
		f := c.prog.steps[at].frag
		if c.headOf[f] != c.round {
			c.headOf[f], c.head[f] = c.round, -1
		}
		link := &c.head[f]
		for *link >= 0 && *link < at {
			link = &c.next[*link]
		}
		c.next[at], *link = *link, at
		c.reached[at] = c.reached[at][:0]
		c.steps = append(c.steps, at)
	}
}

func (c *chains) wanted() bool { return len(c.steps) > 0 }

// run appends the hits of the rules asked for, given what ends at words of a
// sentence and the number of the first, and forgets what was asked for.
func (c *chains) run(found []foundAt, start int32, buf []hit) []hit {
	before := len(buf)
	for i := range found {
		at := start + int32(i)
		for _, part := range found[i] {
			if part == nil {
				continue
			}
			for _, e := range part.ends {
				f := e.frag()
				if c.headOf[f] != c.round {
					continue
				}
				for s := c.head[f]; s >= 0; s = c.next[s] {
					c.end(s, at-e.age())
				}
			}
		}
		if len(c.fresh) > 0 {
			buf = c.enter(at, before, buf)
		}
	}
	c.steps = c.steps[:0]
	c.round++
	return buf
}

// end makes a step whose fragment began at word first, if the step before was
// made close enough: of several ways the shortest.
func (c *chains) end(s, first int32) {
	step := &c.prog.steps[s]
	if step.from < 0 {
		c.collect(fresh{step: s, first: first})
		return
	}
	best := fresh{step: s, first: -1}
	for _, r := range c.reached[step.from] {
		if r.last < first && first-r.last-1 <= step.gap && r.first > best.first {
			best.first, best.gaps = r.first, r.gaps
			if r.last+1 < first {
				best.gaps[1] = best.gaps[0]
				best.gaps[0].from, best.gaps[0].to = r.last+1, first
			}
		}
	}
	if best.first >= 0 {
		c.collect(best)
	}
}

// collect keeps the shortest way to each step.
func (c *chains) collect(f fresh) {
	for i := range c.fresh {
		if c.fresh[i].step == f.step {
			if f.first > c.fresh[i].first {
				c.fresh[i] = f
			}
			return
		}
	}
	c.fresh = append(c.fresh, f)
}

// enter notes the steps made at word last, only now that all are known, so
// that a fragment never follows one that ends with the same word.
func (c *chains) enter(last int32, before int, buf []hit) []hit {
	for _, f := range c.fresh {
		s := &c.prog.steps[f.step]
		if s.leads {
			c.reached[f.step] = append(c.reached[f.step], reach{f.first, last, f.gaps})
		}
		for _, rule := range s.rules {
			buf = addHit(buf, before, hit{rule, f.first, last, f.gaps})
		}
	}
	c.fresh = c.fresh[:0]
	return buf
}

// addHit adds h, or shortens the same rule's hit at the same end. Hits before
// the given one are of single fragments and in order.
func addHit(buf []hit, before int, h hit) []hit {
	for i := len(buf) - 1; i >= 0; i-- {
		if buf[i].last < h.last {
			if i >= before {
				i = before
				continue
			}
			break
		}
		if buf[i].rule == h.rule && buf[i].last == h.last {
			if h.first > buf[i].first {
				buf[i] = h
			}
			return buf
		}
	}
	return append(buf, h)
}
