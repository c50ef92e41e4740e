package train

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

func trial(t *testing.T, calls []corpus.Example, by LeaveOut) *Trial {
	t.Helper()
	cat, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	tr, err := Crossval(calls, cat, DefaultConfig(), by, silent)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func auc(tr *Trial, scores []float64) float64 {
	ps := make([]evaluate.Prediction, len(scores))
	for i := range ps {
		ps[i] = evaluate.Prediction{Scam: tr.Predictions[i].Scam, Probability: scores[i]}
	}
	return evaluate.ROCAUC(ps)
}

// Every baseline that is fitted learns what the shop's scams say, stays within
// 0 and 1, and gives the same scores again.
func TestBaselines(t *testing.T) {
	tr, again := trial(t, shop(160), LeaveGroup), trial(t, shop(160), LeaveGroup)
	names := ""
	for k, r := range tr.Rivals {
		names += r.Name + "; "
		if a, b := fmt.Sprint(r.Scores), fmt.Sprint(again.Rivals[k].Scores); a != b {
			t.Errorf("%s: two runs differ", r.Name)
		}
		got := auc(tr, r.Scores)
		if strings.HasPrefix(r.Name, "majority") {
			if math.Abs(got-0.5) > 0.2 {
				t.Errorf("%s: ROC-AUC %v", r.Name, got)
			}
		} else if got < 0.75 {
			t.Errorf("%s: ROC-AUC %v", r.Name, got)
		}
	}
	if names != "majority; number of tactics; naive Bayes; decision tree; bag of words; " {
		t.Errorf("baselines %q", names)
	}
	data, _ := json.Marshal(tr.Predictions)
	if b, _ := json.Marshal(again.Predictions); string(data) != string(b) {
		t.Error("two runs predict differently")
	}
}

func probeNamed(t *testing.T, tr *Trial, name string) []float64 {
	t.Helper()
	for _, p := range tr.Probes {
		if p.Name == name {
			return p.Scores
		}
	}
	t.Fatalf("no probe %q", name)
	return nil
}

// Each shortcut that is built in is seen by its probe, and by no other that
// cannot see it.
func TestProbesSeeTheirShortcut(t *testing.T) {
	for name, leak := range map[string]func(e *corpus.Example, scam bool){
		"length only": func(e *corpus.Example, scam bool) {
			if scam {
				e.Turns = append(e.Turns, e.Turns...)
			}
		},
		"speaker names only": func(e *corpus.Example, scam bool) {
			if scam {
				e.Turns[0].Speaker = "operator seven"
			}
		},
		"style only": func(e *corpus.Example, scam bool) {
			if scam {
				e.Turns[1].Text += "!!!"
			}
		},
		"first turn only": func(e *corpus.Example, scam bool) {
			e.Turns[0].Text = map[bool]string{true: "red", false: "blue"}[scam]
		},
		"callee only": func(e *corpus.Example, scam bool) {
			e.Turns[3].Text = map[bool]string{true: "red", false: "blue"}[scam]
		},
		"source from features": func(e *corpus.Example, scam bool) {
			if scam {
				e.Source = "other"
				e.Turns[0].Text = "read me the code that you have got and tell nobody about it"
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			calls := shop(80)
			for i := range calls {
				leak(&calls[i], calls[i].Label == corpus.Scam)
			}
			tr := trial(t, calls, LeaveGroup)
			if got := auc(tr, probeNamed(t, tr, name)); got < 0.95 {
				t.Errorf("ROC-AUC %v", got)
			}
			if name == "first turn only" {
				if got := auc(tr, probeNamed(t, tr, "callee only")); got > 0.8 {
					t.Errorf("the callee probe sees the caller: %v", got)
				}
			}
		})
	}
}

// What is quoted is taken out, and nothing else, in either test.
func TestExplanationsTakeWordsOut(t *testing.T) {
	calls := shop(200)
	m, _ := learn(t, calls)
	m.Thresholds.Scam.Probability, m.Thresholds.Unsure.Probability = 0.5, 0.5
	cat, _ := features.Default()
	cl, err := classify.New(m, "x", cat)
	if err != nil {
		t.Fatal(err)
	}
	e := &corpus.Example{}
	for i := range calls {
		if strings.Contains(calls[i].Turns[2].Text, "share your screen") {
			e = &calls[i]
			break
		}
	}
	before := e.Turns[2].Text
	for i := range calls {
		calls[i].ID = fmt.Sprint(i)
	}
	ps := Predict(cl, calls, func(int) {})
	found := TestExplanations(cl, calls, ps, 1)
	if len(found) == 0 {
		t.Fatal("no flagged call")
	}
	for _, x := range found {
		if !(x.WithoutQuoted < x.Whole) {
			t.Errorf("without its evidence %v, with it %v", x.WithoutQuoted, x.Whole)
		}
	}
	if e.Turns[2].Text != before {
		t.Error("the call itself was changed")
	}
	spans := [][]corpus.Span{{{Start: 4, End: 7}, {Start: 5, End: 9}}}
	cut := without(&corpus.Example{Transcript: corpus.Transcript{Turns: []corpus.Turn{{Text: "one two three"}}}}, spans)
	if got := cut.Turns[0].Text; got != "one   hree" {
		t.Errorf("cut to %q", got)
	}
}

func TestPredictEarly(t *testing.T) {
	if got := fmt.Sprint(early([]float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10})); got != "[1 3 5 10]" {
		t.Errorf("10, 25, 50 and 100 %% of ten turns: %s", got)
	}
	if got := fmt.Sprint(early([]float64{7})); got != "[7 7 7 7]" {
		t.Errorf("of one turn: %s", got)
	}
}

func TestNearness(t *testing.T) {
	calls := shop(12)
	var long []corpus.Example
	for i := range calls {
		calls[i].Turns[0].Text = fmt.Sprintf("call %d speaks of thing%d and thing%da with thing%db near place%d on day%d", i, i, i, i, i, i)
		calls[i].Turns = calls[i].Turns[:1]
		long = append(long, calls[i])
	}
	if d := Nearness(long[:6], long[6:]); d.Near != 0 || !d.Checked {
		t.Errorf("%+v", d)
	}
	if d := Nearness(long[:6], long[5:]); d.Near != 1 {
		t.Errorf("%+v", d)
	}
}
