package features

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// phraseCount counts the lines of one tactic that must give it and those that must
// not, and how many of each do.
type phraseCount struct{ meant, found, near, wrong int }

func (t *phraseCount) add(o phraseCount) {
	t.meant, t.found = t.meant+o.meant, t.found+o.found
	t.near, t.wrong = t.near+o.near, t.wrong+o.wrong
}

func (t *phraseCount) take(meant, shown bool) {
	switch {
	case meant && shown:
		t.add(phraseCount{meant: 1, found: 1})
	case meant:
		t.add(phraseCount{meant: 1})
	case shown:
		t.add(phraseCount{near: 1, wrong: 1})
	default:
		t.add(phraseCount{near: 1})
	}
}

func (t *phraseCount) recall() float64    { return float64(t.found) / float64(max(t.meant, 1)) }
func (t *phraseCount) precision() float64 { return float64(t.found) / float64(max(t.found+t.wrong, 1)) }

// phraseFloors holds, by language, the least recall and precision of the lines
// that rule authors look at, and of every third, which they see only as a sum.
var phraseFloors = map[string]struct{ seenRecall, seenPrecision, heldRecall, heldPrecision float64 }{
	"en": {0.93, 0.95, 0.60, 0.91},
	"zh": {0.97, 0.96, 0.80, 0.94},
}

// TestPhrases reads whole sentences, "tactic<TAB>+ or -<TAB>line", written
// without the rules in view: for every tactic some that must give it when a
// caller says them (+), and some near to them that must not (-).
func TestPhrases(t *testing.T) {
	c := defaultCatalog(t)
	files, err := filepath.Glob("testdata/phrases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(lang, func(t *testing.T) {
			floor, ok := phraseFloors[lang]
			if !ok {
				t.Fatalf("no floors for %q", lang)
			}
			var seen, held phraseCount
			tallies := phraseTallies(t, c, file)
			for _, name := range sortedKeys(tallies) {
				s, h := tallies[name][0], tallies[name][1]
				t.Logf("%-26s seen %3d of %3d, wrong %2d of %2d; held out %3d of %3d, wrong %2d of %2d",
					name, s.found, s.meant, s.wrong, s.near, h.found, h.meant, h.wrong, h.near)
				seen.add(s)
				held.add(h)
			}
			t.Logf("seen: recall %.3f, precision %.3f; held out: recall %.3f, precision %.3f",
				seen.recall(), seen.precision(), held.recall(), held.precision())
			atLeast(t, "recall of the seen lines", seen.recall(), floor.seenRecall)
			atLeast(t, "precision of the seen lines", seen.precision(), floor.seenPrecision)
			atLeast(t, "recall of the held-out lines", held.recall(), floor.heldRecall)
			atLeast(t, "precision of the held-out lines", held.precision(), floor.heldPrecision)
		})
	}
}

func atLeast(t *testing.T, what string, got, want float64) {
	t.Helper()
	if got < want {
		t.Errorf("%s is %.3f: want at least %.3f", what, got, want)
	}
}

// phraseTallies returns, by tactic, the counts of the seen lines and of the
// held-out ones: every third of a tactic's lines of either kind.
func phraseTallies(t *testing.T, c *Catalog, file string) map[string]*[2]phraseCount {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, tallies, nth := NewAnalyzer(c), map[string]*[2]phraseCount{}, map[string]int{}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 || f[1] != "+" && f[1] != "-" {
			t.Fatalf("%s:%d: %q: want tactic, + or -, and a line", file, i+1, line)
		}
		tactic := slices.IndexFunc(c.Tactics, func(t *Tactic) bool { return t.Name == f[0] })
		if tactic < 0 {
			t.Fatalf("%s:%d: unknown tactic %q", file, i+1, f[0])
		}
		if tallies[f[0]] == nil {
			tallies[f[0]] = &[2]phraseCount{}
		}
		kind := f[0] + f[1]
		nth[kind]++
		third := 0
		if nth[kind]%3 == 0 {
			third = 1
		}
		tallies[f[0]][third].take(f[1] == "+", a.shows(tactic, f[2]))
	}
	return tallies
}
