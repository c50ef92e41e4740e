package features

import (
	"encoding/binary"
	"slices"
)

// A fragment's code is what its states are built from: the items of a sequence
// from the last to the first, since each is built in front of what follows it.
// An instruction is one number, its kind in the lowest bits. An operand of
// codeWant is an atom or, from the number of atoms on, one of the program's
// sets of atoms: single words that stand beside each other cost one state.
const (
	codeWant  = iota // a word with the atom, or one of the set
	codeSound        // a word with the atom or, by sound, with that of the number behind
	codeSeq          // so many items
	codeAlt          // so many alternatives
	codeMaybe        // the item behind may be missing
	codeKinds
)

// instruct appends an instruction, and counts the states that it gives.
func (c *compiler) instruct(code []byte, kind, operand int) []byte {
	switch kind {
	case codeSeq:
	case codeAlt:
		c.states += operand - 1
	default:
		c.states++
	}
	return binary.AppendUvarint(code, uint64(operand*codeKinds+kind))
}

// emit appends the code of a node.
func (c *compiler) emit(code []byte, n *node) []byte {
	switch n.op {
	case opSeq:
		return c.emitSeq(code, n.subs)
	case opMaybe:
		return c.emit(c.instruct(code, codeMaybe, 0), n.subs[0])
	case opAlt, opClass:
		atoms, rest := c.gather(n, c.atoms[:0], nil)
		c.atoms = atoms
		if len(atoms) == 0 {
			code = c.instruct(code, codeAlt, len(rest))
		} else {
			if len(rest) > 0 {
				code = c.instruct(code, codeAlt, len(rest)+1)
			}
			code = c.instruct(code, codeWant, c.set(atoms))
		}
		for _, sub := range rest {
			code = c.emit(code, sub)
		}
		return code
	}
	return c.instruct(code, codeWant, int(c.atomOf(n)))
}

// emitSeq appends the code of a sequence, which one item alone does without.
// Han characters in a run may be heard as others of the same sound.
func (c *compiler) emitSeq(code []byte, subs []*node) []byte {
	if len(subs) != 1 {
		code = c.instruct(code, codeSeq, len(subs))
	}
	for i := len(subs) - 1; i >= 0; i-- {
		run := i
		for run >= 0 && subs[run].op == opWord && isHanWord(subs[run].text) {
			run--
		}
		if i-run < minSoundRun {
			code = c.emit(code, subs[i])
			continue
		}
		for ; i > run; i-- {
			if sound, ok := c.spell.sounds[subs[i].text]; ok {
				code = c.instruct(code, codeSound, int(c.atomOf(subs[i])))
				code = binary.AppendUvarint(code, uint64(sound))
			} else {
				code = c.emit(code, subs[i])
			}
		}
		i++
	}
	return code
}

// gather collects the single words among the alternatives of n, and the others.
func (c *compiler) gather(n *node, atoms []atom, rest []*node) ([]atom, []*node) {
	switch {
	case n.op == opSeq && len(n.subs) == 1:
		return c.gather(n.subs[0], atoms, rest)
	case n.op == opSeq || n.op == opMaybe:
		return atoms, append(rest, n)
	case n.op == opAlt:
		for _, sub := range n.subs {
			atoms, rest = c.gather(sub, atoms, rest)
		}
		return atoms, rest
	case n.op == opClass:
		if a := c.spell.classes[n.text]; a != noAtom {
			atoms = append(atoms, a)
		}
		_, phrases := splitClass(c.classes[n.text])
		for _, sub := range phrases {
			atoms, rest = c.gather(sub, atoms, rest)
		}
		return atoms, rest
	}
	return append(atoms, c.atomOf(n)), rest
}

// atomOf returns the atom of a node that stands for single words, but for a
// class.
func (c *compiler) atomOf(n *node) atom {
	switch n.op {
	case opPrefix:
		return c.spell.prefixes[n.text]
	case opNumber:
		return atomNumber
	case opLetter:
		return atomLetter
	}
	return c.spell.literals[n.text]
}

// set numbers a set of atoms. Sets are numbered from 0 until all atoms are
// known; a set of one is its atom. It sorts atoms.
func (c *compiler) set(atoms []atom) int {
	slices.Sort(atoms)
	atoms = slices.Compact(atoms)
	if len(atoms) == 1 {
		return int(atoms[0])
	}
	c.key = c.key[:0]
	for _, a := range atoms {
		c.key = binary.AppendUvarint(c.key, uint64(a))
	}
	n, ok := c.setByKey[string(c.key)]
	if !ok {
		n = c.sets.len()
		c.setByKey[string(c.key)] = n
		for _, a := range atoms {
			c.sets.all = append(c.sets.all, int32(a))
		}
		c.sets.end()
	}
	return int(c.spell.next) + n
}
