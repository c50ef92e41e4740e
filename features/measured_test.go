package features

import (
	"flag"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"callscam/corpus"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write the golden files")

// annotated reads the calls of testdata/spans. The reader of package formats
// may not be imported from here.
func annotated(t *testing.T) []corpus.Example {
	t.Helper()
	files, err := filepath.Glob("testdata/spans/*.txt")
	if err != nil || len(files) < 150 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	slices.Sort(files)
	var calls []corpus.Example
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		head, body, _ := strings.Cut(string(data), "\n\n")
		e := corpus.Example{Transcript: corpus.Transcript{ID: f, Path: f, Lang: filepath.Base(f)[:2]}}
		for _, line := range strings.Split(head, "\n") {
			if note, ok := strings.CutPrefix(line, "# tactic: "); ok {
				part := strings.SplitN(note, " ", 3)
				turn, err := strconv.Atoi(strings.TrimPrefix(part[1], "turn="))
				if err != nil {
					t.Fatal(f, line)
				}
				e.Notes = append(e.Notes, corpus.TacticNote{Tactic: part[0], Turn: turn, Quote: strings.Trim(part[2], `"`)})
			}
		}
		for _, line := range strings.Split(strings.TrimRight(body, "\n"), "\n") {
			speaker, text, _ := strings.Cut(line, ": ")
			e.Turns = append(e.Turns, corpus.Turn{Speaker: speaker, Role: corpus.RoleOf(speaker), Text: text})
		}
		calls = append(calls, e)
	}
	return calls
}

// byTurn counts the notes whose tactic is asserted anywhere in their turn, and
// the asserted tactics of turns that have a note of theirs.
func byTurn(c *Catalog, calls []corpus.Example, change func(corpus.Example, string) string) (notes, found, given, right int) {
	a := NewAnalyzer(c)
	for _, e := range calls {
		call := e.Transcript
		call.Turns = slices.Clone(call.Turns)
		for i := range call.Turns {
			call.Turns[i].Text = change(e, call.Turns[i].Text)
		}
		type place struct{ tactic, turn int }
		want, got := map[place]bool{}, map[place]bool{}
		for _, n := range e.Notes {
			tactic, _ := c.Lookup(n.Tactic)
			want[place{tactic, n.Turn - 1}] = true
		}
		for _, ev := range a.Read(&call).Evidence {
			if ev.Polarity == Asserted {
				got[place{ev.Tactic, ev.Turn}] = true
			}
		}
		notes, given = notes+len(want), given+len(got)
		for p := range want {
			if got[p] {
				found++
				right++
			}
		}
	}
	return notes, found, given, right
}

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) && r != '\'' {
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
}

// slips are what recognisers make of English words.
var slips = map[string]string{"code": "coat", "share": "chair", "screen": "scream", "bank": "bang", "card": "car", "your": "you're", "wire": "why are",
	"fraud": "fraught", "account": "a count", "pay": "play", "police": "please", "press": "pressed", "read": "reed", "safe": "save", "hang": "hand"}

// misheard corrupts 5 % of English words or Han characters: lost, doubled, cut
// in two, or another of about the same sound.
func misheard(s string, rng *rand.Rand, bySound map[string][]string) string {
	var out []string
	for _, w := range strings.Fields(s) {
		if rng.Float64() >= 0.05 || corpus.IsHan(firstRune(w)) {
			out = append(out, sounding(w, rng, bySound))
			continue
		}
		switch rng.Intn(4) {
		case 0:
		case 1:
			out = append(out, w, w)
		case 2:
			out = append(out, w[:len(w)/2], w[len(w)/2:])
		default:
			if slip, ok := slips[w]; ok {
				w = slip
			} else if len(w) > 2 {
				w = w[:len(w)-1]
			}
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}

func sounding(s string, rng *rand.Rand, bySound map[string][]string) string {
	var b strings.Builder
	for _, r := range s {
		if corpus.IsHan(r) && rng.Float64() < 0.05 {
			if same := sounds(string(r)); len(same) > 0 && len(bySound[same[0]]) > 0 {
				b.WriteString(bySound[same[0]][rng.Intn(len(bySound[same[0]]))])
				continue
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// soundTable lists, for each reading, the characters of ordinary text (the
// notes' own) that have it.
func soundTable(calls []corpus.Example) map[string][]string {
	table := map[string][]string{}
	for _, e := range calls {
		for _, t := range e.Turns {
			for _, r := range t.Text {
				if _, ok := pinyin.PinyinDict[int(r)]; ok && corpus.IsHan(r) {
					for _, s := range sounds(string(r)) {
						if !slices.Contains(table[s], string(r)) {
							table[s] = append(table[s], string(r))
						}
					}
				}
			}
		}
	}
	return table
}

// TestMeasured keeps features/MEASURED.md true: how the rules do on calls that
// they were not written from, as written and as recognisers would write them.
func TestMeasured(t *testing.T) {
	c := defaultCatalog(t)
	calls := annotated(t)
	scores, _, err := c.CompareSpans(calls)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# What the rules find\n\nOn the %d annotated calls of `testdata/spans`, half English and half Chinese, which rule authors do not read. A piece of\nevidence is right when it overlaps a note of its tactic. `bin/classify tactics measure --wrong features/testdata/spans` lists\nwhat is wrong; `go test ./features -run Measured -update` writes this page.\n\n", len(calls))
	fmt.Fprintf(&b, "| tactic | notes | found | evidence | right | precision | recall |\n|---|---|---|---|---|---|---|\n")
	for _, s := range scores {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %.2f | %.2f |\n", s.Tactic, s.Notes, s.Found, s.Given, s.Right, s.Precision(), s.Recall())
	}
	fmt.Fprintf(&b, "\nThe same calls, counted by turn (a note is found when its tactic is asserted anywhere in its turn), as written and made worse:\n\n| text | precision | recall |\n|---|---|---|\n")
	bySound := soundTable(calls)
	recall := map[string]float64{}
	for _, v := range []struct {
		name   string
		change func(corpus.Example, string) string
	}{
		{"as written", func(_ corpus.Example, s string) string { return s }},
		{"no case, no punctuation", func(_ corpus.Example, s string) string { return bare(s) }},
		{"that, and 5 % of words or characters misheard", func(e corpus.Example, s string) string {
			h := int64(0)
			for _, r := range e.ID + s {
				h = h*31 + int64(r)
			}
			return misheard(bare(s), rand.New(rand.NewSource(h)), bySound)
		}},
	} {
		notes, found, given, right := byTurn(c, calls, v.change)
		recall[v.name] = ratio(found, notes)
		fmt.Fprintf(&b, "| %s | %.2f | %.2f |\n", v.name, ratio(right, given), ratio(found, notes))
	}
	for name, r := range recall {
		if r < recall["as written"]-0.10 {
			t.Errorf("%s: recall falls by more than 10 points, from %.3f to %.3f", name, recall["as written"], r)
		}
	}
	if *update {
		if err := os.WriteFile("MEASURED.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("MEASURED.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != b.String() {
		t.Errorf("MEASURED.md is not what the rules give today: run go test ./features -run Measured -update")
	}
}
