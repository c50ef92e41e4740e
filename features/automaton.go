package features

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"
)

// automaton finds all fragments at once. What has begun at a word and may go
// on, and how many words ago it began, is one state, and a word is one step to
// the next; what ends there is found on the way. States and steps are
// made when a text first needs them, by one worker at a time, and found by all
// without a lock. How many are kept is bounded: a full cache is left for an
// empty one.
type automaton struct {
	mu     sync.Mutex
	places // guarded by mu, with all that follows
	still  []begun
	alive  []begun
	ended  []begun
	stamp  []int32 // by atom: the word that has it
	word   int32

	said  atomic.Pointer[[]*finding] // by symbol: what begins and ends with one word
	cache atomic.Pointer[stateCache]
}

// finding is what ends at a word. What begins and ends there depends on the
// word alone and is kept by its symbol, the rest by the step: many have none.
// It is a line of the processor's caches: what most words are asked for.
type finding struct {
	*ended
	checks uint16 // how many of the notes are groups whose rarest fragment ends
	notes  uint16 // those, then the marks of fragments that groups ask for
	rules  bool   // whether there are singles
	few    [25]uint16
}

// ended is the part of a finding that is seldom asked for.
type ended struct {
	many    []uint16 // the notes, where few has no room
	singles []single // rules of one fragment that are complete
	ends    []ending // fragments that lead on or are led to, the longest first
}

// noted returns the groups to be checked at a word and the marks to be set.
func (f *finding) noted() (checks, marks []uint16) {
	all := f.few[:]
	if int(f.notes) > len(all) {
		all = f.many
	}
	return all[:f.checks], all[f.checks:f.notes]
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
	a.said.Store(&[]*finding{nil})
	a.cache.Store(newStateCache(maxCachedStates))
}

// symbolOf returns the word's symbol.
func (a *automaton) symbolOf(word string) symbol {
	a.mu.Lock()
	defer a.mu.Unlock()
	sym := a.places.symbolOf(word)
	if known := a.said.Load(); int(sym) >= len(*known) {
		// Others may read the shorter list meanwhile.
		longer := append(slices.Clip(*known), make([]*finding, 1+len(*known)/2)...)
		a.said.Store(&longer)
	}
	if said := *a.said.Load(); said[sym] == nil {
		a.advance(nil, a.sets[sym])
		said[sym] = a.finding(a.still)
	}
	return sym
}

// extend returns the step from a state with a symbol, and the cache that it is
// in.
func (a *automaton) extend(c *stateCache, from int32, sym symbol) (*stateCache, move) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if to, ok := c.next(c.table.Load(), from, sym); ok {
		return c, to
	}
	a.advance(c.states.get(from), a.sets[sym])
	current := a.cache.Load()
	if current.full() {
		current = newStateCache(current.most)
		a.cache.Store(current)
	}
	a.alive, a.ended = a.alive[:0], a.ended[:0]
	for _, b := range a.still {
		p := a.all[b.at]
		if b.age > 0 && len(p.frags) > 0 {
			a.ended = append(a.ended, b)
		}
		if p.leads {
			a.alive = append(a.alive, b)
		}
	}
	to := move{state: current.states.add(a.alive)}
	if len(a.ended) > 0 {
		to.found = current.find(a.ended, a)
	}
	if current == c {
		c.link(from, sym, to)
	}
	return current, to
}

// adopt returns the state st of another cache in c.
func (a *automaton) adopt(c, was *stateCache, st int32) int32 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return c.states.add(was.states.get(st))
}

// fewEdges is up to how many edges each is looked at.
const fewEdges = 24

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
		p := a.all[b.at]
		if !p.known {
			a.lead(p)
		}
		if len(p.edges) <= fewEdges {
			for i := range p.edges {
				if a.stamp[p.edges[i].atom] == a.word {
					a.take(p, i, b)
				}
			}
			continue
		}
		for _, at := range atoms {
			for i, end := p.withAtom(at); i < end; i++ {
				a.take(p, i, b)
			}
		}
	}
	for _, at := range atoms {
		root := a.rootOf(at)
		for i := range root.edges {
			a.take(root, i, begun{})
		}
	}
}

// take follows an edge of a place.
func (a *automaton) take(p *place, i int, b begun) {
	if e := &p.edges[i]; e.literal != noAtom {
		if b.slipped || a.stamp[e.literal] == a.word {
			return
		}
		b.slipped = true
	}
	b.at = a.follow(p, i)
	if !slices.Contains(a.still, b) {
		a.still = append(a.still, b)
	}
}

// finding returns what ends at a word, given what has begun.
func (a *automaton) finding(begun []begun) *finding {
	out := &finding{ended: &ended{}}
	var checks, marks []uint16
	for _, b := range begun {
		for _, id := range a.all[b.at].frags {
			f := &a.prog.fragments[id]
			if f.first >= 0 {
				for _, rule := range a.prog.steps[f.first].rules {
					out.addSingle(single{rule, int32(b.age)})
				}
			}
			if f.mark > 0 {
				marks = append(marks, uint16(f.mark))
			}
			if f.joined {
				out.ends = append(out.ends, newEnding(id, b.age))
			}
			checks = append(checks, f.groups...)
		}
	}
	slices.SortFunc(out.ends, func(x, y ending) int {
		return cmp.Or(cmp.Compare(y.age(), x.age()), cmp.Compare(x.frag(), y.frag()))
	})
	out.ends = slices.Clip(slices.Compact(out.ends))
	slices.Sort(checks)
	slices.Sort(marks)
	checks, marks = slices.Compact(checks), slices.Compact(marks)
	out.checks, out.notes = uint16(len(checks)), uint16(len(checks)+len(marks))
	out.rules = len(out.singles) > 0
	if notes := append(checks, marks...); copy(out.few[:], notes) < len(notes) {
		out.many = notes
	}
	return out
}

// addSingle keeps the shortest match of each rule.
func (f *ended) addSingle(s single) {
	for i := range f.singles {
		if f.singles[i].rule == s.rule {
			f.singles[i].age = min(f.singles[i].age, s.age)
			return
		}
	}
	f.singles = append(f.singles, s)
}
