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

// alphabet knows the atoms of every word. It is safe for concurrent use.
type alphabet struct {
	next     atom // one more than the highest
	words    spelled
	prefixes spelled
	readings spelled // folded: of the characters that share them with a pattern's
	longest  int     // bytes of the longest prefix
}

// spelled holds atoms by what is written.
type spelled struct {
	keys  []string // sorted
	atoms lists    // by key
}

// of returns the atoms of a key.
func (s *spelled) of(key string) []int32 {
	i, ok := slices.BinarySearch(s.keys, key)
	if !ok {
		return nil
	}
	return s.atoms.of(int32(i))
}

func newSpelled(atoms map[string][]atom) spelled {
	s := spelled{keys: sortedKeys(atoms), atoms: lists{at: make([]int32, 1, len(atoms)+1)}}
	for _, key := range s.keys {
		for _, a := range slices.Compact(atoms[key]) {
			s.atoms.all = append(s.atoms.all, int32(a))
		}
		s.atoms.end()
	}
	return s
}

// speller makes an alphabet while patterns are compiled.
type speller struct {
	next     atom
	literals map[string]atom
	words    map[string][]atom
	prefixes map[string]atom
	classes  map[string]atom   // of a class's single words, or noAtom
	sounds   map[string]atom   // by character
	readings map[string][]atom // by folded reading
}

func newSpeller() *speller {
	return &speller{next: firstAtom, literals: map[string]atom{}, words: map[string][]atom{}, prefixes: map[string]atom{}, classes: map[string]atom{}, sounds: map[string]atom{}, readings: map[string][]atom{}}
}

// alphabet returns the alphabet of what was spelled.
func (a *speller) alphabet() *alphabet {
	out := &alphabet{next: a.next, words: newSpelled(a.words), readings: newSpelled(a.readings)}
	prefixes := map[string][]atom{}
	for p, at := range a.prefixes {
		prefixes[p] = []atom{at}
	}
	out.prefixes = newSpelled(prefixes)
	out.measure()
	return out
}

// measure finds the longest prefix.
func (a *alphabet) measure() {
	for _, p := range a.prefixes.keys {
		a.longest = max(a.longest, len(p))
	}
}

func (a *speller) fresh() atom {
	a.next++
	return a.next - 1
}

func (a *speller) literal(w string) atom {
	at, ok := a.literals[w]
	if !ok {
		at = a.fresh()
		a.literals[w] = at
		a.words[w] = append(a.words[w], at)
	}
	return at
}

func (a *speller) prefix(p string) atom {
	at, ok := a.prefixes[p]
	if !ok {
		at = a.fresh()
		a.prefixes[p] = at
	}
	return at
}

// sound returns the atom of all characters that share a reading with han.
func (a *speller) sound(han string) (atom, bool) {
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
	buf = buf[:0]
	add := func(atoms []int32) {
		for _, at := range atoms {
			buf = append(buf, atom(at))
		}
	}
	add(a.words.of(w))
	for n := 1; n <= len(w) && n <= a.longest; n++ {
		add(a.prefixes.of(w[:n]))
	}
	if isHanWord(w) {
		for _, s := range sounds(w) {
			add(a.readings.of(s))
		}
	} else if isNumberWord(w) {
		buf = append(buf, atomNumber)
	} else if r, size := utf8.DecodeRuneInString(w); size == len(w) && unicode.IsLetter(r) && r < 0x250 {
		buf = append(buf, atomLetter)
	}
	slices.Sort(buf)
	return slices.Compact(buf)
}
