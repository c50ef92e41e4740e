package report

import (
	"cmp"
	"math"
	"slices"

	"callscam/classify"
)

// share is a row of the sum that makes the margin, in thousandths of a point.
// Bar places it among the others, from 0 to 100.
type share struct {
	Name      string
	Points    int
	From, Bar px
	Raises    bool
}

// A page lists at most so many shares, none of them smaller than leastPoints.
const (
	mostShares  = 24
	leastPoints = 0.01
)

// shares returns the bias, the weightiest contributions and the rest together,
// and the margin. They are rounded so that what is shown adds up: each to a
// neighbouring thousandth, those nearest to the middle first.
func shares(r *classify.Result) (rows []share, margin int, rest int) {
	values := []float64{r.Bias}
	rows = []share{{Name: "bias, where every call starts"}}
	small := 0.0
	for i, c := range r.Contributions {
		if i >= mostShares || math.Abs(c.Points) < leastPoints {
			small += c.Points
			rest++
			continue
		}
		values = append(values, c.Points)
		rows = append(rows, share{Name: Words(c.Feature)})
	}
	if rest > 0 {
		values = append(values, small)
		rows = append(rows, share{})
	}
	margin = int(math.Round(1000 * r.Margin))
	for i, n := range addingUp(values, margin) {
		rows[i].Points = n
	}
	placeBars(rows)
	return rows, margin, rest
}

// addingUp rounds the values to thousandths that sum to total.
func addingUp(values []float64, total int) []int {
	out := make([]int, len(values))
	order := make([]int, len(values))
	sum := 0
	for i, v := range values {
		out[i] = int(math.Round(1000 * v))
		sum += out[i]
		order[i] = i
	}
	step := 1
	if sum > total {
		step = -1
	}
	left := func(i int) float64 { return float64(step) * (float64(1000*values[i]) - float64(out[i])) }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(left(b), left(a)) })
	for k := 0; sum != total && len(order) > 0; k++ {
		out[order[k%len(order)]] += step
		sum += step
	}
	return out
}

// placeBars draws every row from the zero line, which stands where both the
// longest bar to the left and the longest to the right fit.
func placeBars(rows []share) {
	low, high := 0, 1
	for _, r := range rows {
		low, high = min(low, r.Points), max(high, r.Points)
	}
	at := func(n int) px { return px(100 * float64(n-low) / float64(high-low)) }
	for i := range rows {
		n := rows[i].Points
		rows[i].Raises = n > 0
		rows[i].From = at(min(n, 0))
		rows[i].Bar = at(max(n, 0)) - rows[i].From
	}
}
