package redteam

import (
	"reflect"
	"strings"
	"testing"

	"callscam/corpus"
)

func call(turns ...string) corpus.Transcript {
	var t corpus.Transcript
	for _, s := range turns {
		who, text, _ := strings.Cut(s, ": ")
		t.Turns = append(t.Turns, corpus.Turn{Speaker: who, Role: corpus.RoleOf(who), Text: text, Start: corpus.NoTime, End: corpus.NoTime})
	}
	return t
}

var english = call("caller: Your bank account was frozen, transfer the money immediately to the safe account.",
	"callee: Transfer? Why should I do that?", "caller: Because the police will otherwise investigate everything. Read me the code.", "callee: Oh dear.")
var chinese = call("客服: 您的账户马上就要冻结了，请把验证码告诉我。", "客户: 什么验证码？", "客服: 短信里面的六位数字，立即转账到安全账户。", "客户: 好的。")

func TestEditsChangeWhatTheySayAndNothingElse(t *testing.T) {
	for _, original := range []corpus.Transcript{english, chinese} {
		for _, e := range Edits() {
			before := original
			before.Turns = append([]corpus.Turn(nil), original.Turns...)
			got := e.Apply(&original, 1)
			if !reflect.DeepEqual(original, before) {
				t.Fatalf("%s changed its input", e.Name)
			}
			if reflect.DeepEqual(got.Turns, original.Turns) && e.Name != "homophones" {
				t.Errorf("%s changes nothing", e.Name)
			}
			if again := e.Apply(&original, 1); !reflect.DeepEqual(got, again) {
				t.Errorf("%s: the same seed gives another call", e.Name)
			}
			for i := range got.Turns {
				if strings.TrimSpace(got.Turns[i].Text) == "" {
					t.Errorf("%s: turn %d is empty", e.Name, i)
				}
			}
		}
	}
}

func TestSynonyms(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "Transfer the money; your Account is transferable.", "send over the funds; your profile is transferable."},
		{"zh", "立即转账到安全账户，告诉我验证码", "这就汇款到安全户头，跟我校验数字"},
	} {
		if got := phrasesOf(c.lang).reword(c.in); got != c.want {
			t.Errorf("%q became %q, want %q", c.in, got, c.want)
		}
	}
}

func TestHomophonesKeepTheSound(t *testing.T) {
	long := call("客服: " + strings.Repeat("您的账户马上就要冻结了请把验证码告诉我", 20))
	edit := Edits()[5]
	got := edit.Apply(&long, 3)
	before, after := []rune(long.Turns[0].Text), []rune(got.Turns[0].Text)
	changed := 0
	for i := range before {
		if before[i] != after[i] {
			changed++
		}
		if reading(before[i]) != reading(after[i]) || !isCommon(after[i]) {
			t.Errorf("%c became %c", before[i], after[i])
		}
	}
	if share := float64(changed) / float64(len(before)); share < 0.03 || share > 0.12 {
		t.Errorf("%.2f of the characters changed", share)
	}
}

func TestRun(t *testing.T) {
	scam, legit := corpus.Example{Transcript: english, Label: corpus.Scam}, corpus.Example{Transcript: call("caller: Hello, the car is ready."), Label: corpus.Legit}
	calls := []corpus.Example{scam, legit}
	// A detector of one word, which synonyms and cuts get past.
	score := func() Score {
		return func(t *corpus.Transcript) float64 {
			for _, u := range t.Turns {
				if strings.Contains(u.Text, " code") {
					return 1
				}
			}
			return 0
		}
	}
	r, err := Run(calls, score, 0.5, 1, 2, func() {})
	if err != nil {
		t.Fatal(err)
	}
	if r.Scam != 1 || r.Legit != 1 || r.AtOne || r.Threshold != 0.5 || r.Caught != 1 {
		t.Errorf("%+v", r)
	}
	lost := map[string]int{}
	for _, o := range r.Edits {
		lost[o.Edit] = o.Lost
	}
	if lost["synonyms"] != 1 || lost["cut in half"] != 1 || lost["small talk"] != 0 || lost["roles swapped"] != 0 {
		t.Errorf("lost %v", lost)
	}
	if len(r.Escapes) != 1 || r.Escapes[0].Edit != "cut in half" {
		t.Errorf("escapes %+v", r.Escapes)
	}
	if _, err := Run(calls[1:], score, 0.5, 1, 1, func() {}); err == nil {
		t.Error("no scam calls: want an error")
	}
}

func TestThresholdAtOnePercent(t *testing.T) {
	calls := []corpus.Example{{Transcript: english, Label: corpus.Scam}}
	for range 200 {
		calls = append(calls, corpus.Example{Transcript: english, Label: corpus.Legit})
	}
	next := 0
	r, err := Run(calls, func() Score {
		return func(*corpus.Transcript) float64 { next++; return float64(next) / 1000 }
	}, 0.9, 1, 1, func() {})
	if err != nil || !r.AtOne {
		t.Fatal(err, r)
	}
	// The scam and its edits take the first numbers: the legitimate calls' third
	// highest probability stays below the threshold.
	if want := float64(1+len(Edits())+198) / 1000; !(r.Threshold > want && r.Threshold < want+0.001) {
		t.Errorf("threshold %v, want just above %v", r.Threshold, want)
	}
}
