package formats

import (
	"slices"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

func TestJunk(t *testing.T) {
	const (
		same  = ": the same line three times or more, as recognisers write on silence"
		stock = ": a phrase that recognisers make up on silence"
	)
	tests := []struct {
		name, data string
		want       []string
	}{
		{"three lines", "A: hello\nB: I'll be there soon.\nB: I'll be there soon.\nB: I'll be there soon.\nA: ok\n", []string{"turns 2-4" + same}},
		{"two lines", "A: hello\nB: yes\nB: yes\nA: ok\n", nil},
		{"two speakers", "A: yes\nB: yes\nA: yes\nB: yes\n", nil},
		{"inside", "A: hello\nB: I am on my way. I am on my way. I am on my way.\nA: fine\n", []string{"turn 2" + same}},
		{"inside, short", "A: hello\nB: No. No. No. No.\nA: fine\n", nil},
		{"inside, Chinese", "A: 你好\nB: 我马上就到了。我马上就到了。我马上就到了。\n", []string{"turn 2" + same}},
		{"video", "A: hello\nB: Thanks for watching!\nA: 请不吝点赞 订阅 转发\n", []string{"turns 2-3" + stock}},
		{"ordinary", "A: are you watching the match\nB: I will subscribe tomorrow\n", nil},
		{"kinds", "A: hello\nB: it is [NAME], card [CREDIT_DEBIT_NUMBER]\nA: 您的【手机号】和{{CARD}}\n", []string{"turns 2-3: redacted words (card number, name, telephone number)"}},
		{"runs", "A: hello\nB: the number is #### and *** \nA: XXXX\n", []string{"turns 2-3: redacted words (masked)"}},
		{"no redaction", "A: [MUSIC] hello [LAUGHTER]\nB: what the f*** {D So, }\nA: xxx <PACKAGE>\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, "x.txt", tt.data)
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			if diff := cmp.Diff(tt.want, calls[0].Warnings); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRedactionStaysInTheText: what stands for a name is kept, byte for byte.
func TestRedactionStaysInTheText(t *testing.T) {
	calls, _ := read(t, "x.txt", "caller: it is [NAME] ****\ncallee: ok\n")
	if got := calls[0].Turns[0].Text; got != "it is [NAME] ****" {
		t.Errorf("text %q", got)
	}
}

func TestDoubts(t *testing.T) {
	f := func(v float64) *float64 { return &v }
	var d doubts
	d.add(1, f(0.1), f(-0.2), f(1.1))
	d.add(2, f(0.9), f(-1.4), nil)
	d.add(3, f(0.9), f(-0.2), nil)
	d.add(5, nil, nil, f(2.6))
	d.add(4, f(0.7), nil, nil)
	d.add(5, nil, nil, f(3))
	var ex corpus.Example
	d.warn(&ex)
	if want := []string{"turns 2, 4-5: the recogniser itself doubts that this was spoken"}; !slices.Equal(want, ex.Warnings) {
		t.Errorf("warnings %q", ex.Warnings)
	}
	var many doubts
	for i := 1; i <= 30; i += 2 {
		many.add(i, nil, nil, f(9))
	}
	if got, want := turnList(many.turns), "turns 1, 3, 5, 7, 9, 11, 13, 15 and 7 more"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNoJunkInTheCorpus(t *testing.T) {
	calls, flagged := 0, 0
	for ex, err := range Calls([]string{"../en", "../zh"}, nil, "auto") {
		if err != nil {
			t.Fatal(err)
		}
		calls++
		for _, w := range ex.Warnings {
			if strings.HasPrefix(w, "turn") {
				t.Logf("%s: %s", ex.ID, w)
				flagged++
			}
		}
	}
	if flagged*20 > calls {
		t.Errorf("%d of %d calls flagged", flagged, calls)
	}
}

// What tells that a closer look is not needed never hides a stock phrase.
func TestStockHints(t *testing.T) {
	for _, key := range stockKeys {
		if !slices.ContainsFunc(stockHints, func(hint string) bool { return strings.Contains(key, hint) }) {
			t.Errorf("no hint is part of %q", key)
		}
	}
}
