package classify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"strings"
	"testing"

	"callscam/corpus"
	"callscam/features"

	"github.com/google/go-cmp/cmp"
)

func testModel(t testing.TB) *Model {
	t.Helper()
	c, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &Model{Catalog: c.Digest, Bias: -1, Calibration: Calibration{Slope: 1.5, Intercept: 0.1},
		Thresholds: Thresholds{Scam: Threshold{0.8, 0.01}, Unsure: Threshold{0.4, 0.05}},
		Weights: []Weight{{"screen_share", 2}, {"screen_share, repeated", 0.7}, {"screen_share, denied", -0.5},
			{"shape: turns", 0.1}, {"term: bank", -0.2}, {"term: your screen", 0.3}}}
}

func testClassifier(t testing.TB) *Classifier {
	t.Helper()
	c, err := features.Default()
	if err != nil {
		t.Fatal(err)
	}
	m := testModel(t)
	if _, err := m.Encode(); err != nil {
		t.Fatal(err)
	}
	cl, err := New(m, "test", c)
	if err != nil {
		t.Fatal(err)
	}
	return cl
}

func call(id string, lines ...string) corpus.Transcript {
	t := corpus.Transcript{ID: id, Path: id + ".txt"}
	for i, l := range lines {
		turn := corpus.Turn{Speaker: "caller", Role: corpus.Caller, Text: l}
		if i%2 == 1 {
			turn.Speaker, turn.Role = "callee", corpus.Callee
		}
		t.Turns = append(t.Turns, turn)
	}
	return t
}

func TestPointsAddUp(t *testing.T) {
	cl := testClassifier(t)
	c := call("x", "hello from the bank", "hi", "please share your screen", "what", "share your screen with me", "we share my screen then")
	r := cl.NewScorer().Score(&c)
	sum := r.Bias
	for _, p := range r.Contributions {
		sum += p.Points
	}
	if math.Abs(sum-r.Margin) > 1e-12 {
		t.Errorf("points add up to %v, the margin is %v", sum, r.Margin)
	}
	if want := cl.Model.Calibration.Probability(r.Margin); r.Probability != want {
		t.Errorf("probability %v, want %v", r.Probability, want)
	}
	byTactic := map[string]float64{}
	for _, e := range r.Evidence {
		byTactic[e.Tactic] += e.Points
		if got := c.Turns[e.Turn-1].Text[e.Start:e.End]; got != e.Quote {
			t.Errorf("quote %q stands for %q", e.Quote, got)
		}
	}
	want := 0.0
	for _, p := range r.Contributions {
		if strings.HasPrefix(p.Feature, "screen_share") {
			want += p.Points
		}
	}
	if want == 0 || math.Abs(byTactic["screen_share"]-want) > 1e-12 {
		t.Errorf("evidence of screen_share has %v points, its features have %v", byTactic["screen_share"], want)
	}
	if r.AlarmTurn == nil || *r.AlarmTurn != 3 || r.Verdict != Scam {
		t.Errorf("alarm %v, verdict %s", r.AlarmTurn, r.Verdict)
	}
}

func TestModelRoundTrip(t *testing.T) {
	m := testModel(t)
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeModel(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(m, back); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(string(data), "{\"name\""); n != len(m.Weights) {
		t.Errorf("%d features stand on a line of their own, want %d", n, len(m.Weights))
	}
}

func TestUnusableModels(t *testing.T) {
	c, _ := features.Default()
	for name, change := range map[string]func(*Model){
		"other tactics":        func(m *Model) { m.Catalog = "feed" },
		"is not a feature":     func(m *Model) { m.Weights = append(m.Weights, Weight{"length of nose", 1}) },
		"\"screen_share\" has": func(m *Model) { m.Weights[0].Weight = -1 },
		"thresholds":           func(m *Model) { m.Thresholds.Unsure.Probability = 0.9 },
		"calibration":          func(m *Model) { m.Calibration.Slope = -1 },
	} {
		m := testModel(t)
		change(m)
		if _, err := New(m, "x", c); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func many(n int) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		for i := range n {
			ex := corpus.Example{Transcript: call(fmt.Sprint(i), strings.Repeat("share your screen now ", i%7*40+1), "ok")}
			var err error
			if i%10 == 3 {
				err = errors.New("unreadable")
			}
			if !yield(ex, err) {
				return
			}
		}
	}
}

func TestStreamKeepsOrder(t *testing.T) {
	cl := testClassifier(t)
	var want []byte
	for _, jobs := range []int{1, 2, 7, 64} {
		var got []byte
		i := 0
		for s := range cl.Stream(context.Background(), many(200), jobs) {
			if s.Example.ID != fmt.Sprint(i) || (s.Err != nil) != (i%10 == 3) {
				t.Fatalf("jobs %d: call %s at place %d, error %v", jobs, s.Example.ID, i, s.Err)
			}
			i++
			line, err := json.Marshal(s.Result)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line...)
		}
		if i != 200 {
			t.Fatalf("jobs %d: %d calls", jobs, i)
		}
		if want == nil {
			want = got
		} else if string(got) != string(want) {
			t.Errorf("jobs %d: other bytes", jobs)
		}
	}
}

func TestStreamEndsEarly(t *testing.T) {
	cl := testClassifier(t)
	n := 0
	for range cl.Stream(context.Background(), many(1000000), 4) {
		if n++; n == 20 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	for range cl.Stream(ctx, many(1000000), 4) {
		if n++; n == 40 {
			cancel()
		}
	}
	if n > 1000 {
		t.Errorf("%d calls were scored after the end", n)
	}
	cancel()
}
