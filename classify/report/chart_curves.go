package report

import (
	"fmt"
	"math"

	"callscam/classify/evaluate"
	"callscam/features/arith"
)

// logarithmic places shares on a logarithmic axis from least to 1, with 0, which
// has no logarithm, in a column of its own at the very left.
func logarithmic(from, to px, least float64) axis {
	const zero, start = 0.03, 0.15
	return axis{from, to, func(v float64) float64 {
		switch {
		case v <= 0:
			return zero
		case v <= least:
			return start
		}
		return start + float64((1-start)*(1-arith.Log(v)/arith.Log(least)))
	}}
}

// leastShare is the power of ten below one call in n.
func leastShare(n int) float64 {
	power := -2
	for within := 100; within < n && power > -5; within *= 10 {
		power--
	}
	return math.Pow10(power)
}

// rocChart draws recall over false alarms, the latter on a logarithmic axis:
// what happens below one in a hundred decides.
func rocChart(r *evaluate.Report) *chart {
	if len(r.Curves.ROC) == 0 {
		return nil
	}
	least := leastShare(r.All.Legit)
	p := newPlot("ROC, false alarms on a logarithmic axis", "false alarms", "recall", logarithmic(plotLeft, plotRight, least), linear(plotBottom, plotTop, 0, 1))
	p.shares()
	p.rule(p.x.px(0), "0")
	for v := least; v < 1.5; v *= 10 {
		p.rule(p.x.px(v), percent(v))
	}
	var chance path
	for k := 0.0; k <= 60; k++ {
		v := arith.Exp((1 - k/60) * arith.Log(least))
		chance.to(p.x.px(v), p.y.px(v))
	}
	p.add(shape{Kind: "path", Class: "chance", D: chance.String()})
	p.add(shape{Kind: "path", Class: "curve model", D: p.roc(r.Curves.ROC)})
	for _, m := range []struct {
		at float64
		e  evaluate.Estimate
	}{{0.001, r.All.Recall01}, {0.01, r.All.Recall1}, {0.05, r.All.Recall5}} {
		if m.at >= least && m.e.Value.Defined() {
			p.dot(p.x.px(m.at), float64(m.e.Value), float64(m.e.Low), float64(m.e.High), "model", fmt.Sprintf("recall at %s false alarms: %s", percent(m.at), estimate(m.e)))
		}
	}
	p.Keys = []key{{"curve model", "these predictions, with 95 % intervals"}, {"chance", "chance"}}
	p.threshold(r, r.All.Alarms, r.All.Recall)
	p.Says = fmt.Sprintf("Recall is %s at 0.1 %%, %s at 1 %% and %s at 5 %% false alarms; the area under the curve is %s.",
		figure(r.All.Recall01.Value), figure(r.All.Recall1.Value), figure(r.All.Recall5.Value), figure(r.All.AUC.Value))
	return &p.chart
}

// roc returns the curve. A slope stands for calls with equal probability; it is
// straight on even axes only, so it is drawn in pieces.
func (p *plot) roc(points []evaluate.ROCPoint) string {
	var line path
	for i, b := range points {
		if i > 0 {
			a := points[i-1]
			for k := 1.0; k < 24 && a.FalseAlarms != b.FalseAlarms && a.Recall != b.Recall; k++ {
				line.to(p.x.px(a.FalseAlarms+float64(k/24*(b.FalseAlarms-a.FalseAlarms))), p.y.px(a.Recall+float64(k/24*(b.Recall-a.Recall))))
			}
		}
		line.to(p.x.px(b.FalseAlarms), p.y.px(b.Recall))
	}
	return line.String()
}

// threshold marks what the threshold gives.
func (p *plot) threshold(r *evaluate.Report, x, y evaluate.Estimate) {
	if !x.Value.Defined() || !y.Value.Defined() {
		return
	}
	at := "at " + threshold(r)
	p.add(shape{Kind: "rect", Class: "threshold", X: p.x.px(float64(x.Value)) - 4, Y: p.y.px(float64(y.Value)) - 4, X2: 8, Y2: 8, Hint: at})
	p.Keys = append(p.Keys, key{"threshold", at})
}

// threshold says which threshold the report's verdicts are made with.
func threshold(r *evaluate.Report) string {
	if r.Model.Threshold.Defined() {
		return fmt.Sprintf("the model's threshold, %s", figure(r.Model.Threshold))
	}
	return "each fold's own threshold"
}

// prChart draws precision over recall.
func prChart(r *evaluate.Report) *chart {
	if len(r.Curves.PR) == 0 {
		return nil
	}
	p := newPlot("Precision and recall", "recall", "precision, on these calls", linear(plotLeft, plotRight, 0, 1), linear(plotBottom, plotTop, 0, 1))
	p.shares()
	p.sharesAcross()
	share := float64(r.All.Scam) / float64(r.All.Scam+r.All.Legit)
	p.line(plotLeft, p.y.px(share), plotRight, p.y.px(share), "chance")
	var line path
	line.to(p.x.px(0), p.y.px(r.Curves.PR[0].Precision))
	for _, v := range r.Curves.PR {
		line.to(p.x.px(v.Recall), p.y.px(v.Precision))
	}
	p.add(shape{Kind: "path", Class: "curve model", D: line.String()})
	p.Keys = []key{{"curve model", "these predictions"}, {"chance", "share of scams among these calls"}}
	p.threshold(r, r.All.Recall, r.All.Precision)
	p.Says = fmt.Sprintf("The average precision is %s; %s of these calls are scams.", figure(r.All.AP.Value), percent(math.Round(1000*share)/1000))
	return &p.chart
}
