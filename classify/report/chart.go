package report

import (
	"fmt"
	"math"
	"strings"
)

// chart is a drawing for the template: shapes in a box, measured in SVG user
// units from the top left. Says is what it shows, in words.
type chart struct {
	Title  string
	Says   string
	W, H   px
	Shapes []shape
	Keys   []key
}

// shape is one SVG element: a line from X, Y to X2, Y2; a rect at X, Y with
// width X2 and height Y2; a circle of radius X2; a path D; or a text. Hint is
// told when the pointer rests on it.
type shape struct {
	Kind, Class  string
	X, Y, X2, Y2 px
	D            string
	Text, Hint   string
}

// key is an entry of a legend. Class is that of the shapes it names.
type key struct{ Class, Name string }

// px is a length in user units, written with one decimal.
type px float64

func (p px) String() string { return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(p)), ".0") }

// The box of a chart and its plotting area. All charts have the same size, so
// that they stand beside each other; it is narrow, so that letters stay
// readable on a telephone.
const (
	chartWidth  = 360
	chartHeight = 262
	plotLeft    = 38
	plotRight   = 340
	plotTop     = 26
	plotBottom  = 222
)

// axis places values between two ends.
type axis struct {
	from, to px
	at       func(v float64) float64 // 0 at from, 1 at to
}

func (a axis) px(v float64) px {
	t := math.Min(math.Max(a.at(v), 0), 1)
	return a.from + px(px(t)*(a.to-a.from))
}

func linear(from, to px, low, high float64) axis {
	return axis{from, to, func(v float64) float64 { return (v - low) / (high - low) }}
}

// plot is a chart with axes.
type plot struct {
	chart
	x, y axis
}

func newPlot(title, across, up string, x, y axis) *plot {
	p := &plot{chart{Title: title, W: chartWidth, H: chartHeight}, x, y}
	p.text(0, 12, "axis start", up)
	p.text(plotRight, chartHeight-6, "axis end", across)
	return p
}

func (p *plot) add(s shape) { p.Shapes = append(p.Shapes, s) }

func (p *plot) text(x, y px, class, s string) {
	p.add(shape{Kind: "text", Class: class, X: x, Y: y, Text: s})
}

func (p *plot) line(x, y, x2, y2 px, class string) {
	p.add(shape{Kind: "line", Class: class, X: x, Y: y, X2: x2, Y2: y2})
}

// rule is an upright grid line with its label below the plot.
func (p *plot) rule(x px, label string) {
	p.line(x, plotTop, x, plotBottom, "grid")
	p.text(x, plotBottom+17, "tick mid", label)
}

// level is a grid line across with its label left of the plot.
func (p *plot) level(y px, label string) {
	p.line(plotLeft, y, plotRight, y, "grid")
	p.text(plotLeft-6, y+4, "tick end", label)
}

// shares rules a share from 0 to 1 on the upright axis.
func (p *plot) shares() {
	for _, v := range quarters {
		p.level(p.y.px(v), fmt.Sprint(v))
	}
}

// sharesAcross does so on the other axis.
func (p *plot) sharesAcross() {
	for _, v := range quarters {
		p.rule(p.x.px(v), fmt.Sprint(v))
	}
}

var quarters = [...]float64{0, 0.25, 0.5, 0.75, 1}

// dot is a value, its interval's ends and what they mean.
func (p *plot) dot(x px, value, low, high float64, class, hint string) {
	if low < high {
		p.line(x, p.y.px(low), x, p.y.px(high), "whisker "+class)
	}
	p.add(shape{Kind: "circle", Class: "dot " + class, X: x, Y: p.y.px(value), X2: 3.4, Hint: hint})
}

// path collects points of a line and leaves out those that nobody could see.
type path struct {
	b            strings.Builder
	x, y         px
	pendX, pendY px
	pending      bool
}

func (p *path) to(x, y px) {
	const near = 0.35
	switch {
	case p.b.Len() == 0:
		p.put("M", x, y)
	case math.Abs(float64(x-p.x)) < near && math.Abs(float64(y-p.y)) < near:
		p.pendX, p.pendY, p.pending = x, y, true
	default:
		p.flush()
		p.put("L", x, y)
	}
}

func (p *path) put(op string, x, y px) {
	fmt.Fprintf(&p.b, "%s%s %s", op, x, y)
	p.x, p.y, p.pending = x, y, false
}

// flush writes the last point, so that a line ends where its data does.
func (p *path) flush() {
	if p.pending {
		p.put("L", p.pendX, p.pendY)
	}
}

func (p *path) String() string {
	p.flush()
	return p.b.String()
}

// percent writes a share: "0.1 %", "25 %".
func percent(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", 100*v), "0"), ".") + " %"
}
