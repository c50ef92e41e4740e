package report

import (
	"fmt"

	"callscam/classify/evaluate"
)

// reliabilityChart draws the share of scams over the mean probability, in bins
// of as many calls each. On the diagonal probabilities mean what they say.
func reliabilityChart(r *evaluate.Report) *chart {
	if len(r.Curves.Reliability) == 0 {
		return nil
	}
	p := newPlot("Reliability", "mean probability of a bin", "share of scams", linear(plotLeft, plotRight, 0, 1), linear(plotBottom, plotTop, 0, 1))
	p.shares()
	p.sharesAcross()
	p.line(plotLeft, plotBottom, plotRight, plotTop, "chance")
	var line path
	for _, b := range r.Curves.Reliability {
		line.to(p.x.px(b.Mean), p.y.px(b.Share))
	}
	p.add(shape{Kind: "path", Class: "curve faint model", D: line.String()})
	for _, b := range r.Curves.Reliability {
		p.dot(p.x.px(b.Mean), b.Share, b.Low, b.High, "model", fmt.Sprintf("%d calls: mean probability %.3f, share of scams %.3f (%.3f to %.3f)", b.Calls, b.Mean, b.Share, b.Low, b.High))
	}
	p.Keys = []key{{"dot model", "bins of about as many calls, with 95 % intervals"}, {"chance", "as it should be"}}
	p.Says = fmt.Sprintf("The expected calibration error is %s, slope %s, intercept %s.", figure(r.All.ECE.Value), figure(r.All.Slope.Value), figure(r.All.Intercept.Value))
	return &p.chart
}

// histogramChart draws scam calls upwards and legitimate calls downwards.
func histogramChart(r *evaluate.Report) *chart {
	bins := r.Curves.Histogram
	most := 0
	for _, b := range bins {
		most = max(most, b.Scam, b.Legit)
	}
	if most == 0 {
		return nil
	}
	top := roundUp(most)
	p := newPlot("Probabilities by label", "probability", "calls", linear(plotLeft, plotRight, 0, 1), linear(plotBottom, plotTop, -float64(top), float64(top)))
	for _, v := range []int{-top, -top / 2, 0, top / 2, top} {
		p.level(p.y.px(float64(v)), fmt.Sprint(max(v, -v)))
	}
	for _, v := range quarters {
		p.text(p.x.px(v), plotBottom+17, "tick mid", fmt.Sprint(v))
	}
	zero := p.y.px(0)
	for _, b := range bins {
		x, width := p.x.px(b.From)+0.6, p.x.px(b.To)-p.x.px(b.From)-1.2
		hint := fmt.Sprintf("probability %.2f to %.2f: %d scam, %d legitimate", b.From, b.To, b.Scam, b.Legit)
		if b.Scam > 0 {
			height := max(zero-p.y.px(float64(b.Scam)), 1)
			p.add(shape{Kind: "rect", Class: "bar scam", X: x, Y: zero - height, X2: width, Y2: height, Hint: hint})
		}
		if b.Legit > 0 {
			height := max(p.y.px(-float64(b.Legit))-zero, 1)
			p.add(shape{Kind: "rect", Class: "bar legit", X: x, Y: zero, X2: width, Y2: height, Hint: hint})
		}
	}
	p.line(plotLeft, zero, plotRight, zero, "base")
	p.Keys = []key{{"bar scam", "scam, upwards"}, {"bar legit", "legitimate, downwards"}}
	if r.Model.Threshold.Defined() {
		x := p.x.px(float64(r.Model.Threshold))
		p.line(x, plotTop, x, plotBottom, "limit")
		p.Keys = append(p.Keys, key{"limit", "threshold"})
	}
	p.Says = fmt.Sprintf("How the probabilities of %d scam and %d legitimate calls are spread.", r.All.Scam, r.All.Legit)
	return &p.chart
}

// roundUp returns the next even number that a scale may well end with.
func roundUp(n int) int {
	for _, v := range []int{2, 4, 6, 8} {
		if n <= v {
			return v
		}
	}
	for unit := 1; ; unit *= 10 {
		for _, v := range []int{10, 12, 16, 20, 24, 30, 40, 50, 60, 80} {
			if n <= v*unit {
				return v * unit
			}
		}
	}
}

// earlyChart draws what was known after a share of the turns.
func earlyChart(r *evaluate.Report) *chart {
	if r.Early == nil || len(r.Early.Points) == 0 {
		return nil
	}
	p := newPlot("Recall and ROC-AUC by what was heard", "share of the turns heard", "recall, ROC-AUC", linear(plotLeft, plotRight-8, 0, 1), linear(plotBottom, plotTop, 0, 1))
	p.shares()
	var recall, auc path
	for _, e := range r.Early.Points {
		x := p.x.px(e.Share)
		p.rule(x, percent(e.Share))
		if e.Recall1.Value.Defined() {
			recall.to(x, p.y.px(float64(e.Recall1.Value)))
		}
		if e.AUC.Value.Defined() {
			auc.to(x, p.y.px(float64(e.AUC.Value)))
		}
	}
	p.add(shape{Kind: "path", Class: "curve faint second", D: auc.String()})
	p.add(shape{Kind: "path", Class: "curve model", D: recall.String()})
	for _, e := range r.Early.Points {
		x := p.x.px(e.Share)
		if e.AUC.Value.Defined() {
			p.dot(x, float64(e.AUC.Value), float64(e.AUC.Low), float64(e.AUC.High), "second", "ROC-AUC "+estimate(e.AUC))
		}
		if e.Recall1.Value.Defined() {
			p.dot(x, float64(e.Recall1.Value), float64(e.Recall1.Low), float64(e.Recall1.High), "model", "recall at 1 % false alarms "+estimate(e.Recall1))
		}
	}
	p.Keys = []key{{"curve model", "recall at 1 % false alarms"}, {"curve second", "ROC-AUC"}}
	first, last := r.Early.Points[0], r.Early.Points[len(r.Early.Points)-1]
	p.Says = fmt.Sprintf("Recall at 1 %% false alarms is %s after %s of the turns and %s after %s.", figure(first.Recall1.Value), percent(first.Share), figure(last.Recall1.Value), percent(last.Share))
	return &p.chart
}
