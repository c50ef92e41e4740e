package corpus

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Finding is one thing that an audit objects to in a call, or between two.
type Finding struct {
	Kind string `json:"kind"`
	Call string `json:"call"`
	Text string `json:"text"`
}

// MaxSimilarity is the Jaccard similarity of word (or Han) three-grams above
// which two calls count as near-duplicates.
const MaxSimilarity = 0.35

// Tally counts calls by what tells them apart: for each of label, language,
// pretext, style and so on, the number of calls of each value and label.
func Tally(examples []Example) map[string]map[string]int {
	out := map[string]map[string]int{}
	add := func(what, value string) {
		if value == "" {
			value = "(none)"
		}
		if out[what] == nil {
			out[what] = map[string]int{}
		}
		out[what][value]++
	}
	for i := range examples {
		e := &examples[i]
		label, lang := e.Label.String(), e.Language()
		add("label", lang+" "+label)
		add("pretext", lang+" "+label+" "+e.Pretext)
		add("style", lang+" "+label+" "+e.Style)
		if e.Source != "" {
			add("source", e.Source+" "+label)
		}
		add("length", lang+" "+label+" "+lengthBand(len(e.Turns)))
	}
	groups := map[string]bool{}
	for i := range examples {
		e := &examples[i]
		if key := e.Language() + " " + e.Label.String(); !groups[key+e.GroupKey()] {
			groups[key+e.GroupKey()] = true
			add("groups", key)
		}
	}
	return out
}

func lengthBand(turns int) string {
	for _, b := range []struct {
		most int
		name string
	}{{4, "1-4 turns"}, {9, "5-9 turns"}, {19, "10-19 turns"}, {39, "20-39 turns"}, {79, "40-79 turns"}} {
		if turns <= b.most {
			return b.name
		}
	}
	return "80+ turns"
}

// Audit returns what is wrong with the calls as a collection: missing headers,
// labels that contradict each other, near-duplicates across groups or labels,
// and text that looks like somebody's real data.
func Audit(examples []Example) []Finding {
	var out []Finding
	ids := map[string]string{}
	for i := range examples {
		e := &examples[i]
		out = append(out, e.lint()...)
		if other, taken := ids[e.Source+"/"+e.ID]; taken {
			out = append(out, Finding{"header", e.ID, "the id is taken by " + other})
		}
		ids[e.Source+"/"+e.ID] = e.Path
		out = append(out, e.personal()...)
	}
	return append(out, duplicates(examples)...)
}

// lint checks what a training call should say of itself.
func (e *Example) lint() []Finding {
	var out []Finding
	complain := func(format string, args ...any) {
		out = append(out, Finding{"header", e.ID, fmt.Sprintf(format, args...)})
	}
	if e.Label == Unlabelled {
		complain("no label")
	}
	if e.Group == "" {
		complain("no group: name the script it comes from, or every call counts as its own")
	}
	if e.HarmTurn > len(e.Turns) {
		complain("harm-turn %d of %d turns", e.HarmTurn, len(e.Turns))
	}
	if e.HarmTurn > 0 && e.Label == Legit {
		complain("a harm-turn in a legitimate call")
	}
	for _, w := range e.Warnings {
		out = append(out, Finding{"encoding", e.ID, w})
	}
	return out
}

// Patterns of what must not be in a corpus that others will read. Shapes only:
// whether a number is somebody's cannot be seen.
var personal = []struct {
	what string
	re   *regexp.Regexp
}{
	{"a card, account or ID number", regexp.MustCompile(`\d(?:[ -]?\d){10,}[xX]?`)},
	{"a telephone number", regexp.MustCompile(`\+\d(?:[ -]?\d){7,}|\b(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}\b|\b1[3-9]\d{9}\b`)},
	{"an e-mail address", regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.]+`)},
	{"a web address", regexp.MustCompile(`https?://\S+|\bwww\.\S+`)},
}

func (e *Example) personal() []Finding {
	var out []Finding
	for i := range e.Turns {
		for _, p := range personal {
			if p.re.MatchString(e.Turns[i].Text) {
				out = append(out, Finding{"personal", e.ID, fmt.Sprintf("turn %d holds what looks like %s", i+1, p.what)})
			}
		}
	}
	return out
}

// duplicates reports near pairs. A pair of one group and label is a finding
// too: no call is a template of another.
func duplicates(examples []Example) []Finding {
	var out []Finding
	EachNear(examples, func(i, j int, similarity float64) {
		kind := "duplicate"
		if examples[i].Label != examples[j].Label {
			kind = "conflict"
		}
		out = append(out, Finding{kind, examples[i].ID, fmt.Sprintf("%.0f %% the same as %s (%s)",
			100*similarity, examples[j].ID, examples[j].Label)})
	})
	slices.SortStableFunc(out, func(a, b Finding) int { return cmp.Compare(a.Kind, b.Kind) })
	return out
}

// EachNear yields every pair j < i of calls whose Jaccard similarity of
// three-grams is above MaxSimilarity, in order of i, then j.
func EachNear(examples []Example, yield func(i, j int, similarity float64)) {
	numbers := map[string]int{}
	holders := [][]int{}
	size := make([]int, len(examples))
	shared := make([]int, len(examples))
	for i := range examples {
		clear(shared)
		grams := threeGrams(&examples[i])
		size[i] = len(grams)
		for g := range grams {
			n, ok := numbers[g]
			if !ok {
				n = len(holders)
				numbers[g], holders = n, append(holders, nil)
			}
			for _, j := range holders[n] {
				shared[j]++
			}
			holders[n] = append(holders[n], i)
		}
		for j := range i {
			union := size[i] + size[j] - shared[j]
			if union > 0 && float64(shared[j])/float64(union) > MaxSimilarity {
				yield(i, j, float64(shared[j])/float64(union))
			}
		}
	}
}

// threeGrams returns the three-grams of a call's words and Han characters.
func threeGrams(e *Example) map[string]bool {
	grams := map[string]bool{}
	var a, b string
	for i := range e.Turns {
		for _, w := range plainWords(e.Turns[i].Text) {
			if a != "" {
				grams[a+" "+b+" "+w] = true
			}
			a, b = b, w
		}
	}
	return grams
}

func plainWords(s string) []string {
	var out []string
	start := -1
	s = strings.ToLower(s)
	for i, r := range s {
		han := IsHan(r)
		if start >= 0 && (han || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'') {
			out = append(out, s[start:i])
			start = -1
		}
		if han {
			out = append(out, string(r))
		} else if start < 0 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			start = i
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}
