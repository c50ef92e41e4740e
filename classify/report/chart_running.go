package report

import (
	"fmt"

	"callscam/classify"
)

// runningChart draws the probability after each turn, with the thresholds.
func runningChart(running []float64, r *classify.Result, t classify.Thresholds) *chart {
	if len(running) == 0 {
		return nil
	}
	turns := len(running)
	x := linear(plotLeft+8, plotRight-8, 1, float64(max(turns, 2)))
	p := newPlot("Probability as the call goes on", "turn", "probability of a scam", x, linear(plotBottom, plotTop, 0, 1))
	p.shares()
	step := max(1, roundUp((turns+5)/6))
	p.text(p.x.px(1), plotBottom+17, "tick mid", "1")
	for k := step; k <= turns; k += step {
		if k > 1 {
			p.text(p.x.px(float64(k)), plotBottom+17, "tick mid", fmt.Sprint(k))
		}
	}
	p.limit("scam", t.Scam.Probability)
	p.limit("unsure", t.Unsure.Probability)
	if r.AlarmTurn != nil {
		at := p.x.px(float64(*r.AlarmTurn))
		p.line(at, plotTop, at, plotBottom, "alarm")
		p.Keys = append(p.Keys, key{"alarm", fmt.Sprintf("alarm, turn %d", *r.AlarmTurn)})
	}
	var line path
	for i, v := range running {
		line.to(p.x.px(float64(i+1)), p.y.px(v))
	}
	p.add(shape{Kind: "path", Class: "curve model", D: line.String()})
	const mostDots = 60
	for i, v := range running {
		if turns <= mostDots {
			p.dot(p.x.px(float64(i+1)), v, 0, 0, "model", fmt.Sprintf("after turn %d: %.3f", i+1, v))
		}
	}
	p.Says = fmt.Sprintf("After the last of %d turns the probability is %.3f.", turns, running[turns-1])
	return &p.chart
}

// limit is a threshold with its name.
func (p *plot) limit(name string, v float64) {
	y := p.y.px(v)
	p.line(plotLeft, y, plotRight, y, "limit "+name)
	p.Keys = append(p.Keys, key{"limit " + name, fmt.Sprintf("%s from %.3f", name, v)})
}
