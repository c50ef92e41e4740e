package report

import "callscam/classify/evaluate"

// strip is a figure and its interval within a table's row.
type strip struct {
	W, H px
	Zero *px
	Rows []stripRow
}

type stripRow struct {
	Class             string
	Y, Low, Value, Hi px
}

const (
	stripWidth  = 104
	stripHeight = 16
)

type stripFigure struct {
	class string
	e     evaluate.Estimate
}

// newWholeStrip draws a summary's recall and false alarms on a scale of 0 to 1.
func newWholeStrip(s evaluate.Summary) *strip {
	return newStrip(0, 1, false, stripFigure{"scam", s.Recall}, stripFigure{"legit", s.Alarms})
}

// newStrip draws figures between the ends low and high of the table's scale;
// zero marks 0 there.
func newStrip(low, high float64, zero bool, rows ...stripFigure) *strip {
	x := linear(4, stripWidth-4, low, high)
	s := &strip{W: stripWidth, H: stripHeight}
	if zero {
		at := x.px(0)
		s.Zero = &at
	}
	for i, f := range rows {
		if bounded(f.e) {
			y := px(stripHeight * (i + 1) / (len(rows) + 1))
			s.Rows = append(s.Rows, stripRow{f.class, y, x.px(float64(f.e.Low)), x.px(float64(f.e.Value)), x.px(float64(f.e.High))})
		}
	}
	return s
}
