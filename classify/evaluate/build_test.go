package evaluate

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// invented returns n seeded predictions in groups of two, with early ones.
func invented(n int, seed uint64) []Prediction {
	rng := rand.New(rand.NewPCG(seed, 1))
	ps := make([]Prediction, n)
	for i := range ps {
		p := &ps[i]
		*p = Prediction{ID: strconv.Itoa(i), Scam: rng.IntN(2) == 0, Source: "s" + strconv.Itoa(i%3), Group: strconv.Itoa(i / 2),
			Lang: []string{"en", "zh"}[i%2], Turns: 2 + rng.IntN(30), Tactics: rng.IntN(4)}
		m := rng.NormFloat64()
		if p.Scam {
			m += 2
			p.HarmTurn = 1 + rng.IntN(p.Turns)
		}
		p.Probability = 1 / (1 + math.Exp(-m))
		p.Flagged = p.Probability > 0.7
		for range EarlyShares {
			p.Early = append(p.Early, p.Probability)
		}
		if p.Flagged {
			p.AlarmTurn = 1 + rng.IntN(p.Turns)
		}
	}
	return ps
}

func build(t testing.TB, in Input) *Report {
	t.Helper()
	r, err := Build(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func scores(ps []Prediction, of func(*Prediction) float64) []float64 {
	out := make([]float64, len(ps))
	for i := range ps {
		out[i] = of(&ps[i])
	}
	return out
}

func TestReportIsSeeded(t *testing.T) {
	in := Input{Predictions: invented(300, 1), By: []string{"source", "length"}, Seed: 3, Rounds: 100}
	a, errA := json.Marshal(build(t, in))
	b, errB := json.Marshal(build(t, in))
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Fatalf("the same input gives two reports (%v, %v)", errA, errB)
	}
	in.Seed = 4
	if c, _ := json.Marshal(build(t, in)); string(c) == string(a) {
		t.Error("the seed changes nothing")
	}
}

func TestReportSurvivesJSON(t *testing.T) {
	for name, ps := range map[string][]Prediction{"both labels": invented(60, 1), "one label": predictions([]float64{0.2, 0.9}, nil)} {
		data, err := json.Marshal(build(t, Input{Predictions: ps, By: SliceNames(), Rounds: 20}))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var back Report
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if again, _ := json.Marshal(&back); string(again) != string(data) {
			t.Errorf("%s: changed by reading", name)
		}
	}
}

// A rival that says what we say differs by nothing, in every round; one that
// knows nothing is worse, and one that knows everything is better.
func TestRivalsArePaired(t *testing.T) {
	ps := invented(400, 2)
	r := build(t, Input{Predictions: ps, Rounds: 200, Rivals: []Rival{
		{"same", scores(ps, probability)},
		{"blind", scores(ps, func(*Prediction) float64 { return 0.5 })},
		{"knows", scores(ps, func(p *Prediction) float64 { return map[bool]float64{true: 1}[p.Scam] })},
	}})
	same := r.Baselines[0]
	if same.AUCGain != (Estimate{}) || same.Recall1Gain != (Estimate{}) || same.Word != "cannot tell" {
		t.Errorf("against ourselves: %+v", same)
	}
	if w := r.Baselines[1].Word; w != "better" {
		t.Errorf("against chance: %s", w)
	}
	if w := r.Baselines[2].Word; w != "worse" {
		t.Errorf("against the truth: %s", w)
	}
	if _, err := Build(Input{Predictions: ps, Rounds: 1, Rivals: []Rival{{"short", []float64{1}}}}); err == nil {
		t.Error("a rival without scores for all calls was accepted")
	}
}

func TestProbeExplains(t *testing.T) {
	ps := invented(400, 3)
	nothing, all := scores(ps, func(*Prediction) float64 { return 0.5 }), scores(ps, probability)
	r := build(t, Input{Predictions: ps, Rounds: 10, Probes: []ProbeScores{{Name: "blind", Scores: nothing}}})
	if r.Doubtful || r.Probes[0].Explains || !strings.HasPrefix(r.Headline, "At 1 % false alarms") {
		t.Errorf("%q %+v", r.Headline, r.Probes)
	}
	r = build(t, Input{Predictions: ps, Rounds: 10, Probes: []ProbeScores{{Name: "blind", Scores: nothing}, {Name: "first turn only", Lang: "zh", Says: "the first turn alone tells the labels apart", Scores: all}}})
	if !r.Doubtful || !strings.HasPrefix(r.Headline, "Do not believe this result: the first turn alone tells the labels apart in the zh calls (ROC-AUC 0.9") {
		t.Errorf("%q", r.Headline)
	}
	for i := range ps {
		ps[i].Source = map[bool]string{true: "a", false: "b"}[ps[i].Scam]
	}
	if r = build(t, Input{Predictions: ps, Rounds: 10}); !r.Doubtful || !strings.Contains(r.Headline, "which data set a call comes from") {
		t.Errorf("labels equal to sources: %q", r.Headline)
	}
	for _, tt := range []struct {
		probe, ours float64
		want        bool
	}{{0.74, 0.6, false}, {0.75, 0.7, true}, {0.9, 0.95, false}, {0.91, 0.95, true}, {math.NaN(), 0.9, false}} {
		if Explains(tt.probe, tt.ours) != tt.want {
			t.Errorf("Explains(%v, %v) is not %v", tt.probe, tt.ours, tt.want)
		}
	}
}

func TestExactBounds(t *testing.T) {
	ps := invented(200, 4)
	for i := range ps {
		ps[i].Flagged = false
	}
	r := build(t, Input{Predictions: ps, Rounds: 50})
	_, legits, _ := newCut("", ps, []int{}, newStudy(ps)).groupsWith()
	if legits != 0 {
		t.Fatal("an empty cut has groups")
	}
	a := r.All.Alarms
	if a.Value != 0 || !a.Exact || !(a.High > 0.02 && a.High < 0.08) {
		t.Errorf("no false alarm: %+v", a)
	}
	if len(r.All.Bounds) != 1 || !strings.HasPrefix(r.All.Bounds[0], "0 of ") {
		t.Errorf("bounds %q", r.All.Bounds)
	}
	// 3/n is the rule of three.
	if got := NoneOf(300); math.Abs(got-0.01) > 0.0001 {
		t.Errorf("none of 300: %v", got)
	}
	// Clopper and Pearson's table: 0 of 10 goes up to 30.85 %.
	if got := exactEnd(10); math.Abs(got-0.3085) > 0.0001 {
		t.Errorf("0 of 10: %v", got)
	}
}

// Worked out by hand: two scams, alarmed in turn 1 and missed; two legitimate
// calls, one alarmed.
func TestEarlyByHand(t *testing.T) {
	early := []float64{0.1, 0.1, 0.1, 0.1}
	ps := []Prediction{
		{ID: "a", Scam: true, Turns: 5, AlarmTurn: 1, HarmTurn: 2, Early: early, Group: "a"},
		{ID: "b", Scam: true, Turns: 5, HarmTurn: 3, Early: early, Group: "b"},
		{ID: "c", Turns: 5, AlarmTurn: 2, Early: early, Group: "c"},
		{ID: "d", Turns: 5, Early: early, Group: "d"},
	}
	e := build(t, Input{Predictions: ps, Rounds: 10}).Early
	latency := 1 - 1/(1+math.Exp(1-5))
	want := (latency + 1 + 0.5) / 4
	if got := float64(e.ERDE[0].Error.Value); math.Abs(got-want) > 1e-12 {
		t.Errorf("ERDE %v, want %v", got, want)
	}
	if e.Alarmed.Value != 0.5 || e.FalseAlarms.Value != 0.5 || e.BeforeHarm.Value != 0.5 || e.WithHarm != 2 {
		t.Errorf("%+v", e)
	}
	// An alarm in turn 1 has no penalty: F1 of one hit, one miss, one false alarm.
	if got := e.LatencyF1.Value; got != 0.5 {
		t.Errorf("latency-weighted F1 %v", got)
	}
	// In turn 5, the median length, it counts half.
	ps[0].AlarmTurn = 5
	if got := build(t, Input{Predictions: ps, Rounds: 10}).Early.LatencyF1.Value; math.Abs(float64(got)-0.25) > 1e-12 {
		t.Errorf("late: %v", got)
	}
}

// With equal probabilities nothing depends on the order of the calls.
func TestTiesHaveNoOrder(t *testing.T) {
	ps := invented(200, 5)
	for i := range ps {
		ps[i].Probability = math.Round(ps[i].Probability*4) / 4
		ps[i].Early = nil
	}
	back := make([]Prediction, len(ps))
	for i := range ps {
		back[len(ps)-1-i] = ps[i]
	}
	if a, b := CalibrationError(ps), CalibrationError(back); math.Abs(a-b) > 1e-12 {
		t.Errorf("calibration error %v and %v", a, b)
	}
	if a, b := AveragePrecision(ps), AveragePrecision(back); a != b {
		t.Errorf("average precision %v and %v", a, b)
	}
	a, b := build(t, Input{Predictions: ps, Rounds: 1}), build(t, Input{Predictions: back, Rounds: 1})
	if !reflect.DeepEqual(a.Curves.ROC, b.Curves.ROC) || !reflect.DeepEqual(a.Curves.PR, b.Curves.PR) {
		t.Error("the curves depend on the order")
	}
}

// Two bins by hand: means 0.2 and 0.8 of which 0 and 1 are scams.
func TestCalibrationErrorByHand(t *testing.T) {
	ps := predictions([]float64{0.8, 0.8, 0.8}, []float64{0.2, 0.2, 0.2})
	if got := CalibrationError(ps); math.Abs(got-0.2) > 1e-12 {
		t.Errorf("calibration error %v", got)
	}
}

func TestCompare(t *testing.T) {
	ps := invented(300, 6)
	worse := invented(300, 6)
	for i := range worse {
		worse[i].Probability = 0.5 + (worse[i].Probability-0.5)*float64(i%2)
		worse[i].Flagged = worse[i].Probability > 0.7
	}
	a, b := &Report{Calls: ps}, &Report{Calls: worse[:298]}
	p, err := Compare(a, b, 1, 200)
	if err != nil {
		t.Fatal(err)
	}
	if p.Calls != 298 || p.OnlyA != 2 || p.OnlyB != 0 || p.OnlyARight <= p.OnlyBRight {
		t.Errorf("%+v", p)
	}
	words := map[string]string{}
	for _, f := range p.Figures {
		words[f.Name] = f.Word
	}
	if words["ROC-AUC"] != "worse" || words["log loss"] != "worse" {
		t.Errorf("%v", words)
	}
	if p, err = Compare(b, b, 1, 20); err != nil || p.Figures[0].Word != "cannot tell" {
		t.Errorf("with itself: %v %v", p, err)
	}
	worse[0].Scam = !worse[0].Scam
	if _, err := Compare(a, b, 1, 20); err == nil {
		t.Error("other labels were accepted")
	}
	if _, err := Compare(a, &Report{Calls: []Prediction{{ID: "x"}}}, 1, 20); err == nil {
		t.Error("reports without a common call were accepted")
	}
}

func BenchmarkReport100000(b *testing.B) {
	in := Input{Predictions: invented(100000, 7), By: []string{"source", "lang", "pretext", "length", "style", "verdict"}, Rounds: Rounds}
	for b.Loop() {
		build(b, in)
	}
}
