package features

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// atom is one thing that a place in a pattern asks of a word.
type atom int32

const (
	noAtom     atom = -1
	atomNumber atom = iota - 1
	atomLetter
	firstAtom
)

// alphabet knows the atoms of every word. It is filled while the patterns are
// compiled; then it is fixed and safe for concurrent use.
type alphabet struct {
	next     atom
	literals map[string]atom
	words    map[string][]atom
	prefixes map[string]atom
	classes  map[string]atom   // of a class's single words, or noAtom
	sounds   map[string]atom   // by character
	readings map[string][]atom // by folded reading
	longest  int               // bytes of the longest prefix
}

func newAlphabet() *alphabet {
	return &alphabet{next: firstAtom, literals: map[string]atom{}, words: map[string][]atom{}, prefixes: map[string]atom{}, classes: map[string]atom{}, sounds: map[string]atom{}, readings: map[string][]atom{}}
}

func (a *alphabet) fresh() atom {
	a.next++
	return a.next - 1
}

func (a *alphabet) literal(w string) atom {
	at, ok := a.literals[w]
	if !ok {
		at = a.fresh()
		a.literals[w] = at
		a.words[w] = append(a.words[w], at)
	}
	return at
}

func (a *alphabet) prefix(p string) atom {
	at, ok := a.prefixes[p]
	if !ok {
		at = a.fresh()
		a.prefixes[p] = at
		a.longest = max(a.longest, len(p))
	}
	return at
}

// sound returns the atom of all characters that share a reading with han.
func (a *alphabet) sound(han string) (atom, bool) {
	if at, ok := a.sounds[han]; ok {
		return at, true
	}
	readings := sounds(han)
	if len(readings) == 0 {
		return 0, false
	}
	at := a.fresh()
	a.sounds[han] = at
	for _, r := range readings {
		a.readings[r] = append(a.readings[r], at)
	}
	return at, true
}

// atomsOf returns the word's atoms in ascending order, in buf.
func (a *alphabet) atomsOf(w string, buf []atom) []atom {
	buf = append(buf[:0], a.words[w]...)
	for n := 1; n <= len(w) && n <= a.longest; n++ {
		if at, ok := a.prefixes[w[:n]]; ok {
			buf = append(buf, at)
		}
	}
	if isHanWord(w) {
		for _, s := range sounds(w) {
			buf = append(buf, a.readings[s]...)
		}
	} else if isNumberWord(w) {
		buf = append(buf, atomNumber)
	} else if r, size := utf8.DecodeRuneInString(w); size == len(w) && unicode.IsLetter(r) && r < 0x250 {
		buf = append(buf, atomLetter)
	}
	slices.Sort(buf)
	return slices.Compact(buf)
}
