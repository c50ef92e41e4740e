package features

import (
	"slices"
	"sync/atomic"
)

// stateCache holds the states made so far and the steps between them. Reading
// needs no lock; whoever adds holds the automaton's.
type stateCache struct {
	table atomic.Pointer[[]atomic.Uint64] // steps: from, symbol and to in one number
	pages [maxCachedStates / statePage]atomic.Pointer[[statePage]state]
	empty *state

	states int
	steps  int
	byHash map[uint64][]int32
}

// The bounds of a cache: some 60 MB when both are reached.
const (
	maxCachedStates = 1 << 17
	maxCachedSteps  = 1 << 20
	statePage       = 1 << 9

	stateBits  = 20
	symbolBits = 24
)

func newStateCache() *stateCache {
	c := &stateCache{byHash: map[uint64][]int32{}, states: 1} // 0 is no state
	table := make([]atomic.Uint64, 1<<12)
	c.table.Store(&table)
	c.empty = c.add(state{rest: &stateRest{}})
	return c
}

func (c *stateCache) full() bool {
	return c.states >= maxCachedStates || c.steps >= maxCachedSteps
}

func stepHash(key uint64) uint64 {
	key *= 0x9e3779b97f4a7c15
	return key ^ key>>29
}

// next returns the state behind a step, or nil when it is not known yet.
func (c *stateCache) next(from *state, sym symbol) *state {
	key := uint64(from.id)<<symbolBits | uint64(sym)
	table := *c.table.Load()
	mask := uint64(len(table) - 1)
	for i := stepHash(key) & mask; ; i = (i + 1) & mask {
		slot := table[i].Load()
		if slot>>stateBits == key {
			id := slot & (1<<stateBits - 1)
			return &c.pages[id/statePage].Load()[id%statePage]
		}
		if slot == 0 {
			return nil
		}
	}
}

func (c *stateCache) link(from *state, sym symbol, to *state) {
	table := *c.table.Load()
	if c.steps++; c.steps*4 > len(table)*3 {
		larger := make([]atomic.Uint64, 2*len(table))
		for i := range table {
			if slot := table[i].Load(); slot != 0 {
				put(larger, slot)
			}
		}
		table = larger
		c.table.Store(&table)
	}
	put(table, (uint64(from.id)<<symbolBits|uint64(sym))<<stateBits|uint64(to.id))
}

func put(table []atomic.Uint64, slot uint64) {
	mask := uint64(len(table) - 1)
	i := stepHash(slot>>stateBits) & mask
	for table[i].Load() != 0 {
		i = (i + 1) & mask
	}
	table[i].Store(slot)
}

// find returns the state of what has begun, or nil.
func (c *stateCache) find(begun []begun) *state {
	for _, id := range c.byHash[hashBegun(begun)] {
		if st := &c.pages[id/statePage].Load()[id%statePage]; slices.Equal(st.rest.begun, begun) {
			return st
		}
	}
	return nil
}

func (c *stateCache) add(st state) *state {
	st.id = int32(c.states)
	c.states++
	page := &c.pages[st.id/statePage]
	if page.Load() == nil {
		page.Store(new([statePage]state))
	}
	to := &page.Load()[st.id%statePage]
	*to = st
	h := hashBegun(st.rest.begun)
	c.byHash[h] = append(c.byHash[h], st.id)
	return to
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
