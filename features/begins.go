package features

// begins tells which fragments a word can begin. What a word is wanted for
// first is an atom or a set of atoms, by the same number as in the code.
type begins struct {
	atoms lists // by wanted atom or set: fragments that can begin with it
	sets  lists // by atom: the sets of it that some fragment can begin with
}

// newBegins returns what lists of fragments by wanted atom or set tell.
func newBegins(atoms lists, sets *lists) begins {
	b := begins{atoms: atoms}
	first := int32(atoms.len() - sets.len())
	b.sets.at = make([]int32, first+2)
	eachEntry := func(do func(a, want int32)) {
		for want := first; want < int32(atoms.len()); want++ {
			if len(atoms.of(want)) > 0 {
				for _, a := range sets.of(want - first) {
					do(a, want)
				}
			}
		}
	}
	// List a is counted behind the start of list a+1, which filling a moves to
	// where it belongs.
	total := int32(0)
	eachEntry(func(a, _ int32) { b.sets.at[a+2]++; total++ })
	for a := range first {
		b.sets.at[a+2] += b.sets.at[a+1]
	}
	b.sets.all = make([]int32, total)
	eachEntry(func(a, want int32) {
		b.sets.all[b.sets.at[a+1]] = want
		b.sets.at[a+1]++
	})
	b.sets.at = b.sets.at[:first+1]
	return b
}

// addBegins notes everything that the fragment can begin with, and reports
// whether n may be passed over.
func (c *compiler) addBegins(n *node, frag int32) (empty bool) {
	note := func(want int) { c.begun = append(c.begun, listed{int32(want), frag}) }
	switch n.op {
	case opSeq:
		for i, sub := range n.subs {
			if runEnd(n.subs, i)-i >= minSoundRun {
				if sound, ok := c.spell.sounds[sub.text]; ok {
					note(int(sound))
				}
			}
			if !c.addBegins(sub, frag) {
				return false
			}
		}
		return true
	case opMaybe:
		c.addBegins(n.subs[0], frag)
		return true
	case opAlt, opClass:
		atoms, rest := c.gather(n, c.atoms[:0], nil)
		c.atoms = atoms
		if len(atoms) > 0 {
			note(c.set(atoms))
		}
		for _, sub := range rest {
			empty = c.addBegins(sub, frag) || empty
		}
	default:
		note(int(c.atomOf(n)))
	}
	return empty
}
