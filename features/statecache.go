package features

import (
	"slices"
	"sync/atomic"
)

// stateCache holds the states made so far and the steps between them. Reading
// needs no lock; whoever adds holds the automaton's. A state goes by twice its
// number, plus one if something is found in it: to walk through a text, the
// states themselves need not be looked at.
type stateCache struct {
	table atomic.Pointer[[]atomic.Uint64] // steps: from, symbol and to in one number
	pages [maxCachedStates / statePage]atomic.Pointer[[statePage]state]
	empty uint64

	states int
	steps  int
	byHash map[uint64][]uint64
}

// The bounds of a cache: some 60 MB when both are reached.
const (
	maxCachedStates = 1 << 17
	maxCachedSteps  = 1 << 20
	statePage       = 1 << 9

	stateBits  = 20
	symbolBits = 24
	foundBit   = 1
)

func newStateCache() *stateCache {
	c := &stateCache{byHash: map[uint64][]uint64{}, states: 1} // 0 is no state
	table := make([]atomic.Uint64, 1<<12)
	c.table.Store(&table)
	c.empty = c.add(state{})
	return c
}

func (c *stateCache) full() bool {
	return c.states >= maxCachedStates || c.steps >= maxCachedSteps
}

func (c *stateCache) at(st uint64) *state {
	id := st >> 1
	return &c.pages[id/statePage].Load()[id%statePage]
}

// stepName names the step from a state with a symbol.
func stepName(from uint64, sym symbol) uint64 { return from>>1<<symbolBits | uint64(sym) }

// bucket returns the first of the two slots that a step is looked for in
// first.
func bucket(name uint64, slots int) uint64 {
	name *= 0x9e3779b97f4a7c15
	return (name ^ name>>29) & uint64(slots-1) &^ 1
}

// next returns the state behind a step, if it is known yet.
func (c *stateCache) next(table []atomic.Uint64, from uint64, sym symbol) (to uint64, ok bool) {
	name := stepName(from, sym)
	i := bucket(name, len(table))
	one, two := table[i].Load(), table[i|1].Load()
	if two>>stateBits == name {
		one = two
	}
	if one>>stateBits == name {
		return one & (1<<stateBits - 1), true
	}
	return c.search(table, name, i)
}

// search looks into the other slots.
func (c *stateCache) search(table []atomic.Uint64, name, i uint64) (to uint64, ok bool) {
	mask := uint64(len(table) - 1)
	for ; ; i = (i + 1) & mask {
		slot := table[i].Load()
		if slot>>stateBits == name {
			return slot & (1<<stateBits - 1), true
		}
		if slot == 0 {
			return 0, false
		}
	}
}

func (c *stateCache) link(from uint64, sym symbol, to uint64) {
	table := *c.table.Load()
	if c.steps++; c.steps*2 > len(table) {
		larger := make([]atomic.Uint64, 2*len(table))
		for i := range table {
			if slot := table[i].Load(); slot != 0 {
				put(larger, slot)
			}
		}
		table = larger
		c.table.Store(&table)
	}
	put(table, stepName(from, sym)<<stateBits|to)
}

func put(table []atomic.Uint64, slot uint64) {
	mask := uint64(len(table) - 1)
	i := bucket(slot>>stateBits, len(table))
	for table[i].Load() != 0 {
		i = (i + 1) & mask
	}
	table[i].Store(slot)
}

// find returns the state of what has begun, if it is known yet.
func (c *stateCache) find(begun []begun) (uint64, bool) {
	for _, st := range c.byHash[hashBegun(begun)] {
		if slices.Equal(c.at(st).begun, begun) {
			return st, true
		}
	}
	return 0, false
}

func (c *stateCache) add(st state) uint64 {
	name := uint64(c.states) << 1
	if !st.found.empty() {
		name |= foundBit
	}
	c.states++
	page := &c.pages[name>>1/statePage]
	if page.Load() == nil {
		page.Store(new([statePage]state))
	}
	*c.at(name) = st
	h := hashBegun(st.begun)
	c.byHash[h] = append(c.byHash[h], name)
	return name
}

func hashBegun(begun []begun) uint64 {
	h := uint64(len(begun))
	for _, b := range begun {
		x := uint64(b.at)<<17 | uint64(b.age)<<1
		if b.slipped {
			x |= 1
		}
		h = (h ^ x) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}
