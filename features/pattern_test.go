package features

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// miniCatalog returns a catalog of the given rule files, with what a file must
// have filled in.
func miniCatalog(t testing.TB, files map[string]string) (*Catalog, error) {
	t.Helper()
	dir := fstest.MapFS{}
	for name, data := range files {
		if strings.HasSuffix(name, ".tactic") && !strings.Contains(data, "id:") {
			data = fmt.Sprintf("id: %s\nname: %s\nkind: scam\nmeaning: m\nwhy: w\n%s\nmatch en:\n x\n", name, strings.TrimSuffix(name, ".tactic"), data)
		}
		dir[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return LoadCatalog(dir)
}

func quotes(a *Analyzer, text string) string {
	d := a.ReadText(text)
	var out []string
	for i := range d.Evidence {
		out = append(out, d.Quote(&d.Evidence[i]))
	}
	return strings.Join(out, "|")
}

func TestPatterns(t *testing.T) {
	tests := []struct{ pattern, text, want string }{
		{"share your screen", "Please SHARE your, um, screen now", "SHARE your, um, screen"},
		{"share your screen", "share. your screen", ""},
		{"share (your|the) (screen|display)", "share the display", "share the display"},
		{"share your? screen", "share screen", "share screen"},
		{"install*", "we are installing it", "installing"},
		{"go to ..2 store", "go to the play store", "go to the play store"},
		{"go to ..2 store", "go to one two three store", ""},
		{"go .. store", "go one two three store", "go one two three store"},
		{"code is #", "the code is 4471", "code is 4471"},
		{"t dot @ @", "t dot c o", "t dot c o"},
		{"<app> on", "any desk on, anydesk on", "any desk on|anydesk on"},
		{"now <gap>? down", "now put the phone down now any desk up down now down", "now put the phone down|now any desk up down|now down"},
		{"(a|<app>) (b|<app>)", "a any desk b anydesk b", "a any desk b|anydesk b"},
		{"共享..2屏幕", "请共享一下屏幕", "共享一下屏幕"},
		{"共享..2屏幕", "請共享一下螢屏幕", ""},
		{"把验证码告诉我", "您把验正码告诉我", "把验正码告诉我"},
		{"打开(屏幕共享|共享屏幕)", "请打开共想平幕", ""},
		{"打开(屏幕共享|共享屏幕)", "请打开共想屏幕", "打开共想屏幕"},
		{"转账", "砖账", ""},
		{"下载app", "您下载 APP 就行", "下载 APP"},
		{"(a b|b) c", "a b c", "b c"},
		{"b? c", "b c", "c"},
		{"do not tell", "don't tell", "don't tell"},
		{"(read|tell) me ..4 (code|number)", "tell me, read me the code and the number", "read me the code and the number"},
	}
	for _, tt := range tests {
		t.Run(tt.pattern+"/"+tt.text, func(t *testing.T) {
			c, err := miniCatalog(t, map[string]string{"a.tactic": "en:\n " + tt.pattern, "classes.txt": "app: anydesk | any desk\ngap: put ..2 phone | <app> up"})
			if err != nil {
				t.Fatal(err)
			}
			if got := quotes(NewAnalyzer(c), tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRuleFileErrors(t *testing.T) {
	head := "id: T99\nname: x\nkind: scam\nmeaning: m\nwhy: w\n"
	tail := "match en:\n y\n"
	for _, tt := range []struct{ data, want string }{
		{head + "en:\n (a|b\n" + tail, "x.tactic:7: pattern: a ( without its )"},
		{head + "en:\n a | b)\n" + tail, "x.tactic:7: pattern: unexpected \")\""},
		{head + "en:\n (cards?|card) x\n" + tail, "x.tactic:7: pattern: \"cards?\" may be missing as a whole"},
		{head + "en:\n a ..99 b\n" + tail, "x.tactic:7: pattern: gap of 99 words"},
		{head + "en:\n .. b\n" + tail, "x.tactic:7: pattern \".. b\" starts or ends with a gap"},
		{head + "en:\n a? ..2\n" + tail, "x.tactic:7: pattern \"a? ..2\" starts or ends with a gap"},
		{head + "en:\n a? b?\n" + tail, "x.tactic:7: pattern: every item of it may be missing"},
		{head + "en:\n (a|)\n" + tail, "x.tactic:7: pattern: an empty alternative"},
		{head + "en:\n Don't\n" + tail, "x.tactic:7: pattern: \"Don't\": want lower case"},
		{head + "en:\n don't\n" + tail, "x.tactic:7: pattern: \"don't\" never occurs as one word: write \"do not\""},
		{head + "en:\n um yes\n" + tail, "x.tactic:7: pattern: \"um\" never occurs as one word: fillers"},
		{head + "en:\n <nope> a\n" + tail, "x.tactic:7: pattern: unknown word class <nope>"},
		{head + "colour: red\n", "x.tactic:6: unknown key \"colour\""},
		{head + " a\n", "x.tactic:6: an indented line outside of a section"},
		{head + "stage: late\n", "x.tactic:6: stage \"late\": want none, contact"},
		{head + "strength: 9\n", "x.tactic:6: strength \"9\": want 0 to 5"},
		{head, "x.tactic: no patterns"},
		{head + "en:\n a\n", "x.tactic: no match and nomatch lines"},
		{"id: T99\nen:\n a\n" + tail, "x.tactic: want id, name and meaning"},
	} {
		if _, err := miniCatalog(t, map[string]string{"x.tactic": tt.data}); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("got %v, want %q", err, tt.want)
		}
	}
	for data, want := range map[string]string{
		"a: b\na: c\n": "classes.txt:2: class <a> is defined twice", "a: <b>\nb: c\n": "classes.txt:1: class <a>: unknown word class",
		"just text\n": "classes.txt:1: want", "a: b?\n": "classes.txt:1: class <a>: every item",
	} {
		if _, err := miniCatalog(t, map[string]string{"x.tactic": "en:\n y", "classes.txt": data}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("classes %q: got %v, want %q", data, err, want)
		}
	}
}

func compilePatterns(patterns []*node) (*program, error) {
	var ways [][]chain
	for _, n := range patterns {
		way, err := n.chains(nil)
		if err != nil {
			return nil, err
		}
		ways = append(ways, way)
	}
	return compile(ways, nil, nil)
}

// naive matches a pattern against words[at:] the slow and obvious way and
// returns the ends it can reach.
func naive(n *node, words []string, at []int) []int {
	out := map[int]bool{}
	for _, i := range at {
		switch n.op {
		case opSeq:
			ends := []int{i}
			for _, sub := range n.subs {
				ends = naive(sub, words, ends)
			}
			for _, e := range ends {
				out[e] = true
			}
		case opAlt:
			for _, sub := range n.subs {
				for _, e := range naive(sub, words, []int{i}) {
					out[e] = true
				}
			}
		case opMaybe:
			out[i] = true
			for _, e := range naive(n.subs[0], words, []int{i}) {
				out[e] = true
			}
		case opGap:
			for k := 0; k <= int(n.gap) && i+k <= len(words); k++ {
				out[i+k] = true
			}
		case opWord:
			if i < len(words) && words[i] == n.text {
				out[i+1] = true
			}
		case opPrefix:
			if i < len(words) && strings.HasPrefix(words[i], n.text) {
				out[i+1] = true
			}
		}
	}
	var ends []int
	for e := range out {
		ends = append(ends, e)
	}
	slices.Sort(ends)
	return ends
}

// The automaton finds what a naive matcher finds, span for span, whatever it
// remembers from before.
func TestMatcherEqualsNaive(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	letters := []string{"a", "b", "c", "d", "da"}
	var random func(depth int) string
	random = func(depth int) string {
		switch k := rng.Intn(8); {
		case k < 4 || depth == 0:
			return letters[rng.Intn(len(letters))]
		case k == 4:
			return "(" + random(depth-1) + "|" + random(depth-1) + " " + random(depth-1) + ")"
		case k == 5:
			return random(depth-1) + "? " + random(depth-1)
		case k == 6:
			return "d*"
		}
		return random(depth-1) + " ..2 " + random(depth-1)
	}
	for range 60 {
		var patterns []*node
		for len(patterns) < 12 {
			n, err := parsePattern(random(3))
			if err != nil {
				t.Fatal(err)
			}
			if least, _ := n.width(nil); least > 0 && !n.gapAtEdge(true) && !n.gapAtEdge(false) {
				patterns = append(patterns, n)
			}
		}
		prog, err := compilePatterns(patterns)
		if err != nil {
			t.Fatal(err)
		}
		m := newMatcher(prog)
		for range 40 {
			var text []string
			var words []Word
			for range rng.Intn(12) {
				w := letters[rng.Intn(len(letters))]
				text = append(text, w)
				words = append(words, Word{Norm: w, sym: m.symbolOf(w)})
			}
			want := map[hit]bool{}
			for r, p := range patterns {
				shortest := map[int]int{}
				for first := range words {
					for _, end := range naive(p, text, []int{first}) {
						if end > first {
							shortest[end-1] = first
						}
					}
				}
				for last, first := range shortest {
					want[hit{rule: int32(r), first: int32(first), last: int32(last)}] = true
				}
			}
			got := m.run(words, nil)
			for _, h := range got {
				h.gaps = gaps{}
				if !want[h] {
					t.Fatalf("%v: unexpected %+v", text, h)
				}
				delete(want, h)
			}
			if len(want) > 0 {
				t.Fatalf("%v: missed %v", text, want)
			}
		}
	}
}

func FuzzPattern(f *testing.F) {
	for _, s := range []string{"a b", "(a|b c)? ..3 d*", "共享..4屏幕", "<x> # @", "((((", "a | b", "..", "don't"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := parsePattern(s)
		if err != nil || checkPattern(n, nil) != nil {
			return
		}
		prog, err := compilePatterns([]*node{n})
		if err != nil {
			t.Fatal(err)
		}
		newMatcher(prog).run([]Word{{Norm: "a"}, {Norm: "b"}}, nil)
	})
}
