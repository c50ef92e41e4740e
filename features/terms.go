package features

import "strings"

// termTable finds the columns of words and pairs of words by numbers instead
// of by their text. It is immutable.
type termTable struct {
	words   map[string]int32 // from 1: all words that a term has
	singles []int32          // by word: the column, or -1
	leads   []bool           // by word: whether a pair begins with it
	pairs   []pairColumn     // a hash table, a power of two long
}

type pairColumn struct {
	first, second int32
	column        int32
}

func newTermTable(terms map[string]int32) *termTable {
	t := &termTable{words: map[string]int32{}, singles: []int32{-1}, leads: []bool{false}, pairs: make([]pairColumn, 4)}
	for len(t.pairs) < 3*len(terms) {
		t.pairs = make([]pairColumn, 2*len(t.pairs))
	}
	for _, term := range sortedKeys(terms) {
		first, second, pair := splitTerm(term)
		if pair && isHanWord(first) && isHanWord(second) && strings.Contains(term, " ") {
			continue // pairs of characters have no space
		}
		if !pair {
			t.singles[t.word(term)] = terms[term]
			continue
		}
		p := pairColumn{t.word(first), t.word(second), terms[term]}
		t.leads[p.first] = true
		i := t.slot(p.first, p.second)
		t.pairs[i] = p
	}
	return t
}

func (t *termTable) word(w string) int32 {
	id, ok := t.words[w]
	if !ok {
		id = int32(len(t.singles))
		t.words[w] = id
		t.singles, t.leads = append(t.singles, -1), append(t.leads, false)
	}
	return id
}

// slot returns where the pair stands, or would.
func (t *termTable) slot(first, second int32) uint64 {
	mask := uint64(len(t.pairs) - 1)
	i := (uint64(first)<<32 | uint64(second)) * 0x9e3779b97f4a7c15 >> 32
	for ; ; i++ {
		if p := &t.pairs[i&mask]; p.first == 0 || p.first == first && p.second == second {
			return i & mask
		}
	}
}

// splitTerm takes a pair of words, or of Han characters, apart.
func splitTerm(term string) (first, second string, pair bool) {
	if first, second, pair = strings.Cut(term, " "); pair {
		return first, second, true
	}
	if isHanWord(term) {
		for i := range term {
			if i > 0 && isHanWord(term[i:]) {
				return term[:i], term[i:], true
			}
		}
	}
	return term, "", false
}

// termReader finds the columns of a document's terms. It remembers what it
// found out about the words of the lexicon at hand, and is not safe for
// concurrent use.
type termReader struct {
	table *termTable
	lex   *lexicon
	known []int32 // by word of the lexicon: its number in the table, or unknown
}

const (
	unknown int32 = 0
	noTerm  int32 = -1 // in no term, but a word
	noWord  int32 = -2 // never part of a term
)

// eachColumn yields the column of every term in the words, as often as it is
// said.
func (r *termReader) eachColumn(lex *lexicon, words []Word, yield func(int32)) {
	if r.lex != lex {
		r.lex = lex
		clear(r.known)
	}
	prev := noWord
	for i := range words {
		w := &words[i]
		at := r.number(w)
		if at > 0 {
			if c := r.table.singles[at]; c >= 0 {
				yield(c)
			}
			if prev > 0 && w.brk == noBreak && r.table.leads[prev] {
				if p := &r.table.pairs[r.table.slot(prev, at)]; p.first != 0 {
					yield(p.column)
				}
			}
		}
		prev = at
	}
}

// number returns the word's number in the table, noTerm or noWord.
func (r *termReader) number(w *Word) int32 {
	if w.id == 0 {
		return r.find(w.Norm)
	}
	for int(w.id) >= len(r.known) {
		r.known = append(r.known, make([]int32, 1024+len(r.known))...)
	}
	if r.known[w.id] == unknown {
		r.known[w.id] = r.find(w.Norm)
	}
	return r.known[w.id]
}

func (r *termReader) find(norm string) int32 {
	if len(norm) > maxTermWord || hasDigit(norm) {
		return noWord
	}
	if id, ok := r.table.words[norm]; ok {
		return id
	}
	return noTerm
}
