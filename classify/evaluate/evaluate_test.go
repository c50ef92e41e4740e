package evaluate

import (
	"math"
	"strings"
	"testing"
)

// predictions makes scam calls of the first and legitimate ones of the second
// list.
func predictions(scam, legit []float64) []Prediction {
	var ps []Prediction
	for _, p := range scam {
		ps = append(ps, Prediction{Scam: true, Probability: p, Flagged: p >= 0.5})
	}
	for _, p := range legit {
		ps = append(ps, Prediction{Probability: p, Flagged: p >= 0.5})
	}
	for i := range ps {
		ps[i].Group = string(rune('a' + i%5))
	}
	return ps
}

// The expected areas are roc_auc_score's of scikit-learn 1.2 on the same
// numbers.
func TestROCAUC(t *testing.T) {
	for _, tt := range []struct {
		scam, legit []float64
		want        float64
	}{
		{[]float64{0.9, 0.8}, []float64{0.1, 0.2}, 1},
		{[]float64{0.1, 0.2}, []float64{0.9, 0.8}, 0},
		{[]float64{0.5, 0.5}, []float64{0.5, 0.5}, 0.5},
		{[]float64{0.9, 0.5, 0.4}, []float64{0.5, 0.3}, 0.75},
		{[]float64{0.8, 0.35}, []float64{0.1, 0.4}, 0.75},
	} {
		if got := ROCAUC(predictions(tt.scam, tt.legit)); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%v %v: %v, want %v", tt.scam, tt.legit, got, tt.want)
		}
	}
	if got := ROCAUC(predictions([]float64{1}, nil)); !math.IsNaN(got) {
		t.Errorf("one label: %v", got)
	}
}

func TestRecallAt(t *testing.T) {
	legit := make([]float64, 100)
	for i := range legit {
		legit[i] = float64(i) / 200
	}
	ps := predictions([]float64{0.9, 0.493, 0.492, 0.1}, legit)
	for fpr, want := range map[float64]float64{0: 0.25, 0.01: 0.75, 0.5: 0.75, 1: 1} {
		if got := RecallAt(ps, fpr); got != want {
			t.Errorf("recall at %v: %v, want %v", fpr, got, want)
		}
	}
	tied := predictions([]float64{0.7, 0.7}, []float64{0.7, 0.1})
	if got := RecallAt(tied, 0.01); got != 0 {
		t.Errorf("tied with a legitimate call: %v", got)
	}
}

func TestBrierAndWilson(t *testing.T) {
	if got := Brier(predictions([]float64{0.8}, []float64{0.4})); math.Abs(got-0.1) > 1e-12 {
		t.Errorf("Brier %v", got)
	}
	// 0 of 100: the upper end is 3.7 % after Wilson.
	ci := Wilson(0, 100)
	if ci[0] != 0 || math.Abs(ci[1]-0.036995) > 1e-5 {
		t.Errorf("Wilson %v", ci)
	}
}

func TestConfusion(t *testing.T) {
	c, err := Confuse(predictions([]float64{0.9, 0.9, 0.1}, []float64{0.6, 0.1, 0.2, 0.3}))
	if err != nil || c != (Confusion{2, 1, 1, 3}) {
		t.Errorf("%+v %v", c, err)
	}
	if c.Precision() != 2.0/3 || c.Recall() != 2.0/3 || c.FalseAlarmRate() != 0.25 {
		t.Errorf("%v %v %v", c.Precision(), c.Recall(), c.FalseAlarmRate())
	}
	if c, err := Confuse(predictions([]float64{0.1}, nil)); err != nil || c != (Confusion{0, 1, 0, 0}) {
		t.Errorf("nothing flagged: %+v %v", c, err)
	}
}

func TestIntervalIsSeeded(t *testing.T) {
	ps := predictions([]float64{0.9, 0.8, 0.7, 0.2, 0.3, 0.6}, []float64{0.1, 0.5, 0.3, 0.4, 0.2, 0.1})
	a, b := RecallInterval(ps, 0.1, 1), RecallInterval(ps, 0.1, 1)
	if a != b || !(a[0] <= RecallAt(ps, 0.1) && RecallAt(ps, 0.1) <= a[1]) {
		t.Errorf("%v %v", a, b)
	}
}

func TestCheckRefusesNaN(t *testing.T) {
	if err := Check(predictions([]float64{math.NaN()}, nil)); err == nil || !strings.Contains(err.Error(), "NaN") {
		t.Errorf("got %v", err)
	}
	if _, err := Summarise("x", nil); err == nil {
		t.Error("no calls were summarised")
	}
}

func TestSlices(t *testing.T) {
	ps := predictions([]float64{0.9, 0.8}, []float64{0.1, 0.2})
	r, err := Build(Input{Predictions: ps, By: []string{"group"}, Rounds: 20})
	if err != nil {
		t.Fatal(err)
	}
	rows := r.Slices[0].Rows
	if len(rows) != 4 || rows[0].Name != "a" || rows[0].Scam != 1 || rows[0].AUC.Value.Defined() {
		t.Errorf("%+v", rows)
	}
	if _, err := Build(Input{Predictions: ps, By: []string{"mood"}}); err == nil || !strings.Contains(err.Error(), `unknown slice "mood"`) {
		t.Errorf("got %v", err)
	}
}
