package formats

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

const writtenAt = "2026-03-04T05:06:07Z"

// reread writes a call and reads it back by content alone.
func reread(t *testing.T, form Form, ex *corpus.Example) corpus.Example {
	t.Helper()
	data, err := form.Write(ex, writtenAt)
	if err != nil {
		t.Fatalf("%s: %v", form.Name, err)
	}
	var calls []corpus.Example
	for got, err := range Read("call"+form.Ending, bytes.NewReader(data), "auto") {
		if err != nil {
			t.Fatalf("%s: %v\n%s", form.Name, err, data)
		}
		calls = append(calls, got)
	}
	if len(calls) != 1 {
		t.Fatalf("%s: %d calls\n%s", form.Name, len(calls), data)
	}
	return calls[0]
}

// checkRoundTrip writes a call in every form, reads it back, and wants it
// unchanged. Reading may add warnings, which concern the file.
func checkRoundTrip(t *testing.T, ex corpus.Example) {
	t.Helper()
	for _, form := range Forms() {
		got := reread(t, form, &ex)
		for _, w := range ex.Warnings {
			if !slices.Contains(got.Warnings, w) {
				t.Errorf("%s: lost the warning %q", form.Name, w)
			}
		}
		want := ex
		want.Path, want.Warnings, want.Origin = got.Path, got.Warnings, got.Origin
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", form.Name, diff)
		}
	}
}

func timed(speaker, text string, start, end int64) corpus.Turn {
	return corpus.Turn{Speaker: speaker, Role: corpus.RoleOf(speaker), Text: text, Start: start, End: end}
}

func said(speaker, text string) corpus.Turn {
	return timed(speaker, text, corpus.NoTime, corpus.NoTime)
}

// oddTurns would each be read differently if they were written as they are.
var oddTurns = map[string][]corpus.Turn{
	"two lines":         {said("caller", "one\ntwo"), said("caller", "a\r\nb\rc")},
	"colon in a name":   {said("Dr. No: the man", "hello"), said("B：", "x")},
	"like a header":     {said("", "# id: other"), said("", "# group: g"), said("#", "x")},
	"like a clock":      {said("", "[00:10] hello"), said("[00:10]", "hello"), said("10:30", "x")},
	"like a speaker":    {said("", "note: call back"), said("", "note: call again"), said("caller", "agent: no")},
	"like an escape":    {said(`a\b`, `C:\new\u{41} \`), said("", `\n`)},
	"empty":             {said("caller", ""), said("", ""), said("", " "), said("caller", "  x  ")},
	"nothing but empty": {said("", "")},
	"control":           {said("\x00\x1b", "a\x00b\x7f\u0085\u2028\ufeff"), said("caller", "\tx\t")},
	"roles by name":     {{Speaker: "Maria", Role: corpus.Agent, Text: "hi", Start: -1, End: -1}, {Role: corpus.Caller, Text: "hi", Start: -1, End: -1}},
	"two roles a name":  {{Speaker: "A", Role: corpus.Agent, Text: "hi", Start: -1, End: -1}, {Speaker: "A", Role: corpus.Callee, Text: "hi", Start: -1, End: -1}, said("A", "hi")},
	"role against name": {{Speaker: "agent", Role: corpus.Customer, Text: "hi", Start: -1, End: -1}},
	"names with marks":  {said("<agent>", "x"), said("a <agent>", "y"), said("[1-2]", "z"), said(" a ", "z"), said("\u3000", "z")},
	"times":             {timed("A", "x", 0, 1), timed("B", "y", 61_001, 3_600_000), timed("A", "z", 5, corpus.NoTime), timed("A", "z", corpus.NoTime, 7), said("A", "w"), timed("A", "back", 90, 80)},
	"hours":             {timed("A", "x", 359_999_999, 1e12), timed("A", "y", 360_000_000, 360_000_001)},
	"like JSON":         {said("", `{"turns":[{"text":"a"}]}`), said("", "[{")},
	"like a web page":   {said("<b>", "&amp; <script>"), said("", "<v Bob>x")},
	"Chinese":           {said("客服", "您好：请问"), said("客户", "你好"), said("", "说话人：是我")},
	"many strangers":    {said("Ann", "a"), said("Bob", "b"), said("Cy", "c"), said("Di", "d"), said("Ed", "e")},
}

func TestRoundTrip(t *testing.T) {
	for name, turns := range oddTurns {
		t.Run(name, func(t *testing.T) {
			checkRoundTrip(t, corpus.Example{Transcript: corpus.Transcript{ID: "x", Turns: turns}})
		})
	}
	t.Run("annotations", func(t *testing.T) {
		checkRoundTrip(t, corpus.Example{
			Transcript: corpus.Transcript{ID: " ../a:b\n", Lang: "zh", Turns: []corpus.Turn{said("A", "x")}, Warnings: []string{"odd: \\ ", "two\nlines"}},
			Label:      corpus.Scam, Source: "s: t", Group: "# g", Pretext: "\"p\"", Style: "st", Region: "UK/IN ", Remote: "A:", HarmTurn: 3,
			Notes: []corpus.TacticNote{{Tactic: "T10", Turn: 1, Quote: `say "x" \ y`}, {Tactic: "a b", Turn: 2, Quote: " \n "}},
		})
	})
}

// A call that plain text can hold is written as plain text.
func TestPlainText(t *testing.T) {
	ex := corpus.Example{Transcript: corpus.Transcript{ID: "x", Lang: "en", Turns: []corpus.Turn{timed("caller", "hi: there", 61_500, corpus.NoTime), said("callee", `a\b`)}}, Label: corpus.Legit}
	got, err := writeText(&ex, writtenAt)
	if err != nil {
		t.Fatal(err)
	}
	want := "# id: x\n# lang: en\n# label: legit\n\n[01:01.500] caller: hi: there\ncallee: a\\b\n"
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	ex.Turns[1].End = 70_000
	got, err = writeText(&ex, writtenAt)
	if err != nil {
		t.Fatal(err)
	}
	want = "# escaped: yes\n# id: x\n# lang: en\n# label: legit\n\n[01:01.500-?] caller: hi: there\n[?-01:10] callee: a\\\\b\n"
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestEscapedErrors(t *testing.T) {
	for data, want := range map[string]string{
		"# escaped: yes\n# id: x\n":               "e.txt: no turns",
		"# escaped: yes\nid\n\n: x":               "e.txt:2: want a header line",
		"# escaped: yes\n\n: x\nhello\n":          "e.txt:4: want \"[start-end] speaker",
		"# escaped: yes\n\n[1-2] A: x\n":          "e.txt:3: time \"[1-2]\"",
		"# escaped: yes\n# tactic: T1 turn=1\n\n": "e.txt:2: tactic: want an ID",
	} {
		_, errs := read(t, "e.txt", data)
		if len(errs) != 1 || !strings.HasPrefix(errs[0], want) {
			t.Errorf("%q: got %q, want %q", data, errs, want)
		}
	}
}

// randomCall makes a call of anything that Read can give.
func randomCall(seed uint64, text string) corpus.Example {
	rng := rand.New(rand.NewPCG(seed, 1))
	pieces := append(strings.SplitAfter(text, " "), "caller", "agent", "a: b", "\n", "\r", `\`, "# x: y", "[00:01] ", "<agent>", ": ", "：", "客服", " ", "", "-->", "\x00", "\"", "{}", "A", "B")
	word := func() string {
		s := ""
		for range rng.IntN(3) {
			s += pieces[rng.IntN(len(pieces))]
		}
		return strings.ToValidUTF8(s, "?")
	}
	at := func() int64 {
		if rng.IntN(2) == 0 {
			return corpus.NoTime
		}
		return rng.Int64N(1 << rng.IntN(40))
	}
	ex := corpus.Example{Label: corpus.Label(rng.IntN(3)), Source: word(), Group: word(), Pretext: word(), Style: word(), Region: word(), Remote: word(), HarmTurn: rng.IntN(4)}
	ex.ID, ex.Lang = "c"+word(), word()
	for range rng.IntN(3) {
		ex.Notes = append(ex.Notes, corpus.TacticNote{Tactic: "T" + word(), Turn: 1 + rng.IntN(5), Quote: "q" + word()})
		ex.Warnings = append(ex.Warnings, "w"+word())
	}
	for range 1 + rng.IntN(8) {
		turn := corpus.Turn{Speaker: word(), Role: corpus.Role(rng.IntN(6)), Text: word(), Start: at(), End: at()}
		if turn.Role == corpus.Unknown {
			turn.Role = corpus.RoleOf(turn.Speaker)
		}
		ex.Turns = append(ex.Turns, turn)
	}
	return ex
}

func TestRandomRoundTrips(t *testing.T) {
	for seed := range uint64(500) {
		checkRoundTrip(t, randomCall(seed, "hello there, it is \u3000me\u0085 10:30 ok\u2029"))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func FuzzRoundTrip(f *testing.F) {
	f.Add(uint64(1), "hello there")
	f.Add(uint64(2), "WEBVTT 00:01.000 --> 00:02.000 <v Bob>hi")
	f.Add(uint64(3), "a,b \"c\"\tstart end __label__scam x")
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		if utf8.ValidString(text) {
			checkRoundTrip(t, randomCall(seed, text))
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	ex := corpus.Example{Transcript: corpus.Transcript{ID: "x"}}
	for i := range 100 {
		ex.Turns = append(ex.Turns, said([]string{"caller", "callee"}[i%2], fmt.Sprintf("this is turn number %d of a call of some length", i)))
	}
	for _, form := range Forms() {
		b.Run(form.Name, func(b *testing.B) {
			for b.Loop() {
				data, err := form.Write(&ex, writtenAt)
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(len(data)))
			}
		})
	}
}
