package features

import (
	"slices"
	"sync/atomic"
)

// stateCache holds the states made so far and the moves between them. Reading
// moves and findings needs no lock; whoever adds holds the automaton's.
type stateCache struct {
	table  atomic.Pointer[moveTable]
	found  atomic.Pointer[[]*finding] // by number; 0 is none
	states begunSets
	finds  begunSets // what ended
	moves  int
	most   int // states, and an eighth of the moves
}

// move is what a word leads to: the next state, and the number of the finding
// made on the way.
type move struct{ state, found int32 }

// moveTable is a hash table of moves. A slot holds from, symbol and next state
// in one number; the findings stand beside them, for few are asked for.
type moveTable struct {
	slots []atomic.Uint64
	found []int32
}

// The bounds of a cache: some 50 MB when both are reached.
const (
	maxCachedStates = 1 << 17
	movesPerState   = 8

	stateBits  = 20
	symbolBits = 24
)

func newMoveTable(size int) *moveTable {
	return &moveTable{make([]atomic.Uint64, size), make([]int32, size)}
}

func newStateCache(most int) *stateCache {
	c := &stateCache{most: most, states: newBegunSets(), finds: newBegunSets()}
	c.table.Store(newMoveTable(1 << 12))
	c.found.Store(&[]*finding{nil})
	c.finds.add(nil)
	c.states.add(nil) // the state of nothing begun is 0
	return c
}

func (c *stateCache) full() bool {
	return c.states.len() >= c.most || c.finds.len() >= c.most || c.moves >= c.most*movesPerState
}

// moveName names a move; it is never 0.
func moveName(from int32, sym symbol) uint64 { return uint64(from)<<symbolBits | uint64(sym) }

// bucket returns the first of the two slots that a move is looked for in
// first.
func bucket(name uint64, slots int) uint64 {
	name *= 0x9e3779b97f4a7c15
	return (name ^ name>>29) & uint64(slots-1) &^ 1
}

// next returns the move from a state with a symbol other than 0, if it is
// known yet.
func (c *stateCache) next(table *moveTable, from int32, sym symbol) (to move, ok bool) {
	name := moveName(from, sym)
	i := bucket(name, len(table.slots))
	slot, other := table.slots[i].Load(), table.slots[i|1].Load()
	if other>>stateBits == name {
		slot = other
		i |= 1
	}
	if slot>>stateBits != name {
		if i, ok = table.search(name, i); !ok {
			return move{}, false
		}
		slot = table.slots[i].Load()
	}
	to.state = int32(slot>>1) & (1<<(stateBits-1) - 1)
	if slot&1 != 0 {
		to.found = table.found[i]
	}
	return to, true
}

// search looks into all slots from i on.
func (t *moveTable) search(name, i uint64) (at uint64, ok bool) {
	mask := uint64(len(t.slots) - 1)
	for ; ; i = (i + 1) & mask {
		slot := t.slots[i].Load()
		if slot>>stateBits == name {
			return i, true
		}
		if slot == 0 {
			return 0, false
		}
	}
}

func (c *stateCache) link(from int32, sym symbol, to move) {
	table := c.table.Load()
	if c.moves++; c.moves*2 > len(table.slots) {
		larger := newMoveTable(2 * len(table.slots))
		for i := range table.slots {
			if slot := table.slots[i].Load(); slot != 0 {
				larger.put(slot, table.found[i])
			}
		}
		table = larger
		c.table.Store(table)
	}
	slot := moveName(from, sym)<<stateBits | uint64(to.state)<<1
	if to.found != 0 {
		slot |= 1
	}
	table.put(slot, to.found)
}

// put writes the finding first: whoever sees the slot may read it.
func (t *moveTable) put(slot uint64, found int32) {
	mask := uint64(len(t.slots) - 1)
	i := bucket(slot>>stateBits, len(t.slots))
	for t.slots[i].Load() != 0 {
		i = (i + 1) & mask
	}
	t.found[i] = found
	t.slots[i].Store(slot)
}

// find returns the finding of what ended, by number, made now if it is new.
func (c *stateCache) find(ended []begun, a *automaton) int32 {
	n := c.finds.add(ended)
	known := *c.found.Load()
	if int(n) == len(known) {
		// Others read the list meanwhile, but not behind its end.
		known = append(known, a.finding(ended))
		c.found.Store(&known)
	}
	return n
}

// begunSets numbers lists of what has begun in the order of their first
// coming, from 0.
type begunSets struct {
	all   []begun
	ends  []int32 // by number
	slots []int32 // a hash table of numbers plus 1
}

func newBegunSets() begunSets { return begunSets{slots: make([]int32, 1<<10)} }

func (s *begunSets) len() int { return len(s.ends) }

func (s *begunSets) get(n int32) []begun {
	if n == 0 {
		return s.all[:s.ends[0]]
	}
	return s.all[s.ends[n-1]:s.ends[n]]
}

func (s *begunSets) add(list []begun) int32 {
	at := s.slot(list)
	if s.slots[at] != 0 {
		return s.slots[at] - 1
	}
	s.all = append(s.all, list...)
	s.ends = append(s.ends, int32(len(s.all)))
	s.slots[at] = int32(len(s.ends))
	if 2*len(s.ends) > len(s.slots) {
		s.slots = make([]int32, 2*len(s.slots))
		for n := range s.ends {
			s.slots[s.slot(s.get(int32(n)))] = int32(n + 1)
		}
	}
	return int32(len(s.ends) - 1)
}

// slot returns where the list stands, or would.
func (s *begunSets) slot(list []begun) uint64 {
	mask := uint64(len(s.slots) - 1)
	for i := hashBegun(list); ; i++ {
		if n := s.slots[i&mask]; n == 0 || slices.Equal(s.get(n-1), list) {
			return i & mask
		}
	}
}

func hashBegun(list []begun) uint64 {
	h := uint64(len(list))
	for _, b := range list {
		x := uint64(b.at)<<17 | uint64(b.age)<<1
		if b.slipped {
			x |= 1
		}
		h = (h ^ x) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}
