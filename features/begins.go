package features

// begins tells which fragments a word can begin: those of atom a are
// frags[at[a]:at[a+1]].
type begins struct {
	at    []int32
	frags []int32
}

type beginning struct {
	atom atom
	frag int32
}

// of returns the fragments that a word with the atom can begin.
func (b *begins) of(a atom) []int32 { return b.frags[b.at[a]:b.at[a+1]] }

func sortBegins(all []beginning, atoms int) begins {
	b := begins{at: make([]int32, atoms+1), frags: make([]int32, len(all))}
	for _, x := range all {
		b.at[x.atom+1]++
	}
	for a := range atoms {
		b.at[a+1] += b.at[a]
	}
	next := append([]int32(nil), b.at...)
	for _, x := range all {
		b.frags[next[x.atom]] = x.frag
		next[x.atom]++
	}
	return b
}

// addBegins notes every atom that the fragment can begin with, and reports
// whether n may be passed over.
func (c *compiler) addBegins(n *node, frag int32) (empty bool) {
	note := func(a atom) { c.begun = append(c.begun, beginning{a, frag}) }
	switch n.op {
	case opSeq:
		for i, sub := range n.subs {
			if runEnd(n.subs, i)-i >= minSoundRun {
				if sound, ok := c.alphabet.sounds[sub.text]; ok {
					note(sound)
				}
			}
			if !c.addBegins(sub, frag) {
				return false
			}
		}
		return true
	case opAlt:
		for _, sub := range n.subs {
			empty = c.addBegins(sub, frag) || empty
		}
		return empty
	case opMaybe:
		c.addBegins(n.subs[0], frag)
		return true
	case opClass:
		if a := c.alphabet.classes[n.text]; a != noAtom {
			note(a)
		}
		_, rest := splitClass(c.classes[n.text])
		for _, sub := range rest {
			c.addBegins(sub, frag)
		}
	case opPrefix:
		note(c.alphabet.prefixes[n.text])
	case opNumber:
		note(atomNumber)
	case opLetter:
		note(atomLetter)
	default:
		note(c.alphabet.literals[n.text])
	}
	return false
}
