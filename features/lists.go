package features

// lists holds numbered lists, one behind the other.
type lists struct {
	at  []int32 // list i is all[at[i]:at[i+1]]
	all []int32
}

func (l *lists) len() int { return len(l.at) - 1 }

func (l *lists) of(i int32) []int32 { return l.all[l.at[i]:l.at[i+1]] }

// end ends a list, to which everything behind the one before belongs.
func (l *lists) end() { l.at = append(l.at, int32(len(l.all))) }

// listed is an entry of a list.
type listed struct{ list, entry int32 }

// sortLists returns n lists, with their entries in the given order; of those
// that are the same and follow each other in a list only one.
func sortLists(entries []listed, n int) lists {
	l := lists{at: make([]int32, n+1), all: make([]int32, len(entries))}
	for _, x := range entries {
		l.at[x.list+1]++
	}
	for i := range n {
		l.at[i+1] += l.at[i]
	}
	next := append([]int32(nil), l.at...)
	for _, x := range entries {
		if at := next[x.list]; at == l.at[x.list] || l.all[at-1] != x.entry {
			l.all[at] = x.entry
			next[x.list]++
		}
	}
	kept := int32(0)
	for i := range n {
		from := l.at[i]
		l.at[i] = kept
		kept += int32(copy(l.all[kept:], l.all[from:next[i]]))
	}
	l.at[n] = kept
	l.all = l.all[:kept]
	return l
}
