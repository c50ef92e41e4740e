package evaluate

import (
	"fmt"
	"math"
	"strconv"
)

// Figure is a number that may be undefined; JSON writes that as null.
type Figure float64

// MarshalJSON writes NaN as null.
func (f Figure) MarshalJSON() ([]byte, error) {
	if !f.Defined() {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(f), 'g', -1, 64), nil
}

// UnmarshalJSON reads null as NaN.
func (f *Figure) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*f = undefined
		return nil
	}
	x, err := strconv.ParseFloat(string(data), 64)
	if err != nil {
		return fmt.Errorf("figure %q: want a number or null", data)
	}
	*f = Figure(x)
	return nil
}

// Defined reports whether the figure is a finite number.
func (f Figure) Defined() bool { return !math.IsNaN(float64(f)) && !math.IsInf(float64(f), 0) }

var undefined = Figure(math.NaN())

// Estimate is a figure with the ends of its 95 % interval. Exact says that the
// interval is the binomial one after Clopper and Pearson (1934), counted by
// group, because no bootstrap can widen a share of 0 or 1.
type Estimate struct {
	Value Figure `json:"value"`
	Low   Figure `json:"low"`
	High  Figure `json:"high"`
	Exact bool   `json:"exact,omitempty"`
}
