package features

// walker goes through the sentences of a call with the automaton. The next
// state is somewhere in a table too large for the processor's caches, and only
// known when the one before it is: so several sentences are gone through at
// the same time, and none waits for another's memory.
type walker struct {
	found []foundAt
	lanes [lanes]lane
}

const lanes = 8

// lane is a sentence on its way: its next word, the word behind its last, and
// the state it is in.
type lane struct {
	at, end int
	st      int32
}

// walk notes what ends at each of the words. Turns end before the words ends.
func (w *walker) walk(a *automaton, words []Word, ends []int) {
	if len(words) > cap(w.found) {
		w.found = make([]foundAt, 2*len(words))
	}
	w.found = w.found[:len(words)]
	said := *a.said.Load()
	cache := a.cache.Load()
	table, finds := cache.table.Load(), *cache.found.Load()
	next, turn := 0, 0
	sentence := func() (l lane) {
		if next == len(words) {
			return lane{}
		}
		l = lane{at: next, end: next + 1}
		for turn < len(ends) && ends[turn] <= next {
			turn++
		}
		stop := len(words)
		if turn < len(ends) {
			stop = ends[turn]
		}
		for l.end < stop && words[l.end].brk != sentenceBreak {
			l.end++
		}
		next = l.end
		return l
	}
	busy := 0
	for busy < lanes {
		if w.lanes[busy] = sentence(); w.lanes[busy].end == 0 {
			break
		}
		busy++
	}
	for busy > 0 {
		for k := 0; k < busy; k++ {
			l := &w.lanes[k]
			sym := words[l.at].sym
			var to move
			var own *finding
			if sym != 0 {
				var ok bool
				if to, ok = cache.next(table, l.st, sym); !ok {
					was := cache
					if cache, to = a.extend(cache, l.st, sym); was != cache {
						for other := range w.lanes[:busy] {
							w.lanes[other].st = a.adopt(cache, was, w.lanes[other].st)
						}
					}
					table, finds = cache.table.Load(), *cache.found.Load()
				}
				own = said[sym]
			}
			if int(to.found) >= len(finds) {
				finds = *cache.found.Load() // others found more meanwhile
			}
			w.found[l.at] = foundAt{finds[to.found], own}
			l.st = to.state
			if l.at++; l.at < l.end {
				continue
			}
			if *l = sentence(); l.end == 0 {
				busy--
				*l = w.lanes[busy]
				k--
			}
		}
	}
}
