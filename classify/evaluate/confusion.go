package evaluate

import (
	"fmt"

	"github.com/sjwhitworth/golearn/base"
	"github.com/sjwhitworth/golearn/evaluation"
)

// Confusion counts calls by truth and verdict. A call is flagged when its
// probability reaches the model's scam threshold.
type Confusion struct {
	ScamFlagged  int `json:"scam_flagged"`
	ScamMissed   int `json:"scam_missed"`
	LegitFlagged int `json:"legit_flagged"`
	LegitPassed  int `json:"legit_passed"`
}

const (
	scamClass  = "scam"
	legitClass = "legit"
)

// Confuse counts the predictions with golearn.
func Confuse(ps []Prediction) (Confusion, error) {
	if len(ps) == 0 {
		return Confusion{}, nil
	}
	truth := classes(ps, func(p *Prediction) bool { return p.Scam })
	verdict := classes(ps, func(p *Prediction) bool { return p.Flagged })
	m, err := evaluation.GetConfusionMatrix(truth, verdict)
	if err != nil {
		return Confusion{}, fmt.Errorf("confusion matrix: %w", err)
	}
	return Confusion{m[scamClass][scamClass], m[scamClass][legitClass], m[legitClass][scamClass], m[legitClass][legitClass]}, nil
}

// classes makes the one-column grid that golearn counts.
func classes(ps []Prediction, scam func(*Prediction) bool) *base.DenseInstances {
	attr := base.NewCategoricalAttribute()
	attr.SetName("class")
	legit, flagged := attr.GetSysValFromString(legitClass), attr.GetSysValFromString(scamClass)
	grid := base.NewDenseInstances()
	spec := grid.AddAttribute(attr)
	if err := grid.AddClassAttribute(attr); err != nil {
		panic(err)
	}
	if err := grid.Extend(len(ps)); err != nil {
		panic(err)
	}
	for i := range ps {
		v := legit
		if scam(&ps[i]) {
			v = flagged
		}
		grid.Set(spec, i, v)
	}
	return grid
}

// Precision returns the share of flagged calls that are scams, or 0 where none
// is flagged.
func (c Confusion) Precision() float64 { return share(c.ScamFlagged, c.ScamFlagged+c.LegitFlagged) }

// Recall returns the share of scam calls that are flagged.
func (c Confusion) Recall() float64 { return share(c.ScamFlagged, c.ScamFlagged+c.ScamMissed) }

// FalseAlarmRate returns the share of legitimate calls that are flagged.
func (c Confusion) FalseAlarmRate() float64 {
	return share(c.LegitFlagged, c.LegitFlagged+c.LegitPassed)
}

func share(k, n int) float64 {
	if n == 0 {
		return 0
	}
	return float64(k) / float64(n)
}
