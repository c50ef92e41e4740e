package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Slicers are what calls can be taken apart by.
var slicers = []struct {
	name string
	key  func(*Prediction) string
}{
	{"source", func(p *Prediction) string { return p.Source }},
	{"group", func(p *Prediction) string { return p.Group }},
	{"lang", func(p *Prediction) string { return p.Lang }},
	{"pretext", func(p *Prediction) string { return p.Pretext }},
	{"length", func(p *Prediction) string { return lengthBand(p.Turns) }},
	{"style", func(p *Prediction) string { return p.Style }},
	{"verdict", func(p *Prediction) string { return p.Verdict }},
}

// SliceNames returns what calls can be taken apart by.
func SliceNames() []string {
	var names []string
	for _, s := range slicers {
		names = append(names, s.name)
	}
	return names
}

// CheckSlice refuses a name that is not among SliceNames.
func CheckSlice(name string) error {
	if names := SliceNames(); !slices.Contains(names, name) {
		return fmt.Errorf("unknown slice %q: want %s or %s", name, strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
	}
	return nil
}

var lengthBands = []struct {
	most int
	name string
}{{4, "1-4 turns"}, {9, "5-9 turns"}, {19, "10-19 turns"}, {39, "20-39 turns"}, {79, "40-79 turns"}}

const longest = "80+ turns"

func lengthBand(turns int) string {
	for _, b := range lengthBands {
		if turns <= b.most {
			return b.name
		}
	}
	return longest
}

// sliced returns the calls apart by what the named slicer says, short calls
// before long ones, all else by name.
func sliced(name string, all *cut, s *study) []*cut {
	ps := all.ps
	at := slices.Index(SliceNames(), name)
	parts := map[string][]int{}
	var names []string
	for i := range ps {
		k := slicers[at].key(&ps[i])
		if parts[k] == nil {
			names = append(names, k)
		}
		parts[k] = append(parts[k], i)
	}
	place := func(n string) int {
		for k, b := range lengthBands {
			if n == b.name {
				return k
			}
		}
		return len(lengthBands)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a, b)) })
	if len(names) == 1 {
		same := *all
		same.name = names[0]
		return []*cut{&same}
	}
	var out []*cut
	for _, n := range names {
		out = append(out, newCut(n, ps, parts[n], s))
	}
	return out
}
