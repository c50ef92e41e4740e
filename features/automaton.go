package features

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// automaton finds all fragments at once. What has begun at a word, and how
// many words ago, is one state, and a word is one step to the next. States are
// made when a text first needs them, by one worker at a time, and found by all
// without a lock. How many are kept is bounded: a full cache is left for an
// empty one.
type automaton struct {
	mu     sync.Mutex
	places // guarded by mu, with all that follows
	spare  []begun
	still  []begun
	stamp  []int32 // by atom: the word that has it
	word   int32

	cache atomic.Pointer[stateCache]
}

// state is all that has begun at a word, laid out to fit two lines of memory,
// of which most words need the first: almost every word reads another state.
type state struct {
	id      int32
	checks  uint16 // how many of the notes are groups whose rarest fragment ends here
	notes   uint16 // those, then the marks of fragments that groups ask for
	few     [32]uint16
	many    []uint16 // the notes, where few has no room
	singles []single // rules of one fragment that are complete here
	rest    *stateRest
}

// stateRest is what few words need of a state.
type stateRest struct {
	begun []begun
	ends  []ending // of fragments that lead on or are led to, the longest first
}

// noted returns the groups to be checked at a word and the marks to be set.
func (st *state) noted() (checks, marks []uint16) {
	all := st.few[:]
	if int(st.notes) > len(all) {
		all = st.many
	}
	return all[:st.checks], all[st.checks:st.notes]
}

// begun is a fragment's beginning: its place, how many words ago that was, and
// whether a word has been taken by its sound.
type begun struct {
	at      int32
	age     int16
	slipped bool
}

// single is a match of a rule of one fragment that began age words ago.
type single struct{ rule, age int32 }

// ending is a fragment that ends a number of words after its first.
type ending uint32

func newEnding(frag int32, age int16) ending { return ending(frag)<<8 | ending(age) }

func (e ending) frag() int32 { return int32(e >> 8) }
func (e ending) age() int32  { return int32(e & 0xff) }

func (a *automaton) init(p *program) {
	a.places = newPlaces(p)
	a.stamp = make([]int32, p.alphabet.next)
	a.cache.Store(newStateCache())
}

// symbolOf returns the word's symbol.
func (a *automaton) symbolOf(word string) symbol {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.places.symbolOf(word)
}

// extend returns the state that follows when a word with the symbol is said,
// and the cache that it is in.
func (a *automaton) extend(c *stateCache, from *state, sym symbol) (*stateCache, *state) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if to := c.next(from, sym); to != nil {
		return c, to
	}
	a.advance(from.rest.begun, a.sets[sym])
	current := a.cache.Load()
	if current.full() {
		current = newStateCache()
		a.cache.Store(current)
	}
	to := current.find(a.still)
	if to == nil {
		to = current.add(a.newState())
	}
	if current == c {
		c.link(from, sym, to)
	}
	return current, to
}

// advance takes every beginning one word further into still, and begins what
// the word can begin.
func (a *automaton) advance(begin []begun, atoms []atom) {
	a.word++
	for _, at := range atoms {
		a.stamp[at] = a.word
	}
	a.still = a.still[:0]
	for _, b := range begin {
		b.age++
		for _, e := range a.edgesOf(b.at) {
			if a.stamp[e.atom] == a.word {
				a.take(e, b)
			}
		}
	}
	for _, at := range atoms {
		for _, e := range a.rootEdges(at) {
			a.take(e, begun{})
		}
	}
}

func (a *automaton) take(e edge, b begun) {
	if e.literal != noAtom {
		if b.slipped || a.stamp[e.literal] == a.word {
			return
		}
		b.slipped = true
	}
	b.at = e.to
	if !slices.Contains(a.still, b) {
		a.still = append(a.still, b)
	}
}

// newState returns the state of what is in still.
func (a *automaton) newState() state {
	st := state{rest: &stateRest{begun: slices.Clone(a.still)}}
	var checks, marks []uint16
	for _, b := range st.rest.begun {
		for _, id := range a.all[b.at].frags {
			f := &a.prog.fragments[id]
			if f.first >= 0 {
				for _, rule := range a.prog.steps[f.first].rules {
					st.addSingle(single{rule, int32(b.age)})
				}
			}
			if f.mark > 0 {
				marks = append(marks, uint16(f.mark))
			}
			if f.joined {
				st.rest.ends = append(st.rest.ends, newEnding(id, b.age))
			}
			checks = append(checks, f.groups...)
		}
	}
	slices.SortFunc(st.rest.ends, func(x, y ending) int {
		return cmp.Or(cmp.Compare(y.age(), x.age()), cmp.Compare(x.frag(), y.frag()))
	})
	st.rest.ends = slices.Clip(slices.Compact(st.rest.ends))
	slices.Sort(checks)
	slices.Sort(marks)
	checks, marks = slices.Compact(checks), slices.Compact(marks)
	st.checks, st.notes = uint16(len(checks)), uint16(len(checks)+len(marks))
	if notes := append(checks, marks...); copy(st.few[:], notes) < len(notes) {
		st.many = notes
	}
	return st
}

// addSingle keeps the shortest match of each rule.
func (st *state) addSingle(s single) {
	for i := range st.singles {
		if st.singles[i].rule == s.rule {
			st.singles[i].age = min(st.singles[i].age, s.age)
			return
		}
	}
	st.singles = append(st.singles, s)
}
