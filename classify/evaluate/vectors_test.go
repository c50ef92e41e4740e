package evaluate

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// vector is a row of testdata/vectors.json: see the README there.
type vector struct {
	Name             string    `json:"name"`
	Scam             []int     `json:"scam"`
	Probability      []float64 `json:"probability"`
	AUC              *float64  `json:"roc_auc"`
	AveragePrecision *float64  `json:"average_precision"`
	Brier            float64   `json:"brier"`
	LogLoss          float64   `json:"log_loss"`
	Slope            *float64  `json:"slope"`
	Intercept        *float64  `json:"intercept"`
}

func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(data, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 11 {
		t.Fatalf("%d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) { v.check(t) })
	}
}

func (v *vector) check(t *testing.T) {
	var ps []Prediction
	for i, p := range v.Probability {
		ps = append(ps, Prediction{Scam: v.Scam[i] == 1, Probability: p})
	}
	near := func(what string, got float64, want *float64, within float64) {
		t.Helper()
		if want == nil {
			if !math.IsNaN(got) {
				t.Errorf("%s %v, want it undefined", what, got)
			}
		} else if !(math.Abs(got-*want) <= within) {
			t.Errorf("%s %.15g, want %.15g", what, got, *want)
		}
	}
	near("ROC-AUC", ROCAUC(ps), v.AUC, 1e-9)
	near("average precision", AveragePrecision(ps), v.AveragePrecision, 1e-9)
	near("Brier", Brier(ps), &v.Brier, 1e-9)
	near("log loss", LogLoss(ps), &v.LogLoss, 1e-9)
	slope, intercept := CalibrationLine(ps)
	if v.Slope != nil {
		near("slope", slope, v.Slope, 1e-6)
		near("intercept", intercept, v.Intercept, 1e-6)
	}
}

// Where the labels are separated, or one is missing, no line fits best.
func TestCalibrationLineUndefined(t *testing.T) {
	for name, ps := range map[string][]Prediction{
		"separated": predictions([]float64{0.9, 0.8}, []float64{0.1, 0.2}),
		"one label": predictions([]float64{0.9, 0.8}, nil),
		"constant":  predictions([]float64{0.5, 0.5}, []float64{0.5}),
	} {
		if slope, _ := CalibrationLine(ps); !math.IsNaN(slope) {
			t.Errorf("%s: slope %v", name, slope)
		}
	}
}
