package corpus

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
)

// Folds deals the examples into k folds and returns the fold of each. All
// calls of one key share a fold; within that, labels and languages are spread
// as evenly as the keys' sizes allow. The same examples and seed give the same
// folds. It refuses fewer than k keys of either label.
func Folds(examples []Example, k int, seed uint64, key func(*Example) string) ([]int, error) {
	groups := map[string]*foldGroup{}
	for i := range examples {
		name := key(&examples[i])
		g := groups[name]
		if g == nil {
			g = &foldGroup{name: name, order: seededHash(name, seed), strata: map[string]int{}}
			groups[name] = g
		}
		g.members = append(g.members, i)
		g.strata[examples[i].Label.String()+" "+examples[i].Language()]++
	}
	if err := enoughGroups(examples, groups, k); err != nil {
		return nil, err
	}
	ordered := make([]*foldGroup, 0, len(groups))
	for _, g := range groups {
		ordered = append(ordered, g)
	}
	slices.SortFunc(ordered, func(a, b *foldGroup) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.order, b.order), cmp.Compare(a.name, b.name))
	})
	fold := make([]int, len(examples))
	load := make([]map[string]int, k)
	size := make([]int, k)
	for f := range load {
		load[f] = map[string]int{}
	}
	for _, g := range ordered {
		best := 0
		for f := 1; f < k; f++ {
			if g.cost(load[f], size[f]) < g.cost(load[best], size[best]) {
				best = f
			}
		}
		for s, n := range g.strata {
			load[best][s] += n
		}
		size[best] += len(g.members)
		for _, i := range g.members {
			fold[i] = best
		}
	}
	return fold, nil
}

type foldGroup struct {
	name    string
	order   uint64
	members []int
	strata  map[string]int
}

// cost is in whole numbers, so that the order in which the strata are visited
// cannot change a sum.
func (g *foldGroup) cost(load map[string]int, size int) int {
	c := size
	for s, n := range g.strata {
		c += 1000 * n * load[s]
	}
	return c
}

func enoughGroups(examples []Example, groups map[string]*foldGroup, k int) error {
	if k < 2 {
		return fmt.Errorf("%d folds: want at least 2", k)
	}
	count := map[Label]int{}
	for _, g := range groups {
		seen := map[Label]bool{}
		for _, i := range g.members {
			seen[examples[i].Label] = true
		}
		for l := range seen {
			count[l]++
		}
	}
	for _, l := range []Label{Scam, Legit} {
		if count[l] < k {
			return fmt.Errorf("%d folds need at least %d groups of %s calls: there are %d", k, k, l, count[l])
		}
	}
	return nil
}

func seededHash(s string, seed uint64) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%s", seed, s)
	return h.Sum64()
}
