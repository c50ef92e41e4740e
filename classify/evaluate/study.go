package evaluate

// study is a set of figures that share the draws of one bootstrap, so that any
// two of them are paired.
type study struct {
	group  []int32
	groups int
	parts  []part
	width  int

	point  []float64
	values [][]float64
}

// part writes width numbers, each a figure of the calls weighted by group.
type part struct {
	at, width int
	figures   func(weight, out []float64)
}

func newStudy(ps []Prediction) *study {
	s := &study{}
	s.group, s.groups = numberGroups(ps)
	return s
}

// add returns where the part's first figure will stand.
func (s *study) add(width int, figures func(weight, out []float64)) int {
	s.parts = append(s.parts, part{s.width, width, figures})
	s.width += width
	return s.width - width
}

func (s *study) figures(weight, out []float64) {
	for _, p := range s.parts {
		p.figures(weight, out[p.at:p.at+p.width])
	}
}

func (s *study) run(rounds int, seed uint64) {
	s.point = make([]float64, s.width)
	s.figures(everyOne(s.groups), s.point)
	s.values = resample(s.groups, rounds, seed, s.width, s.figures)
}

func (s *study) estimate(k int) Estimate {
	ends := percentiles(s.values[k])
	return Estimate{Value: Figure(s.point[k]), Low: Figure(ends[0]), High: Figure(ends[1])}
}

// difference is the estimate of figure k less figure l.
func (s *study) difference(k, l int) Estimate {
	d := make([]float64, len(s.values[k]))
	for i := range d {
		d[i] = s.values[k][i] - s.values[l][i]
	}
	ends := percentiles(d)
	return Estimate{Value: Figure(s.point[k] - s.point[l]), Low: Figure(ends[0]), High: Figure(ends[1])}
}

// share is the estimate of a share of cases in so many groups. No draw makes a
// share of 0 or 1 any other, so these have the exact interval, counted by
// group: calls of one group may all be alike.
func (s *study) share(k, groups int) Estimate {
	e := s.estimate(k)
	switch e.Value {
	case 0:
		return Estimate{Value: 0, Low: 0, High: Figure(exactEnd(groups)), Exact: true}
	case 1:
		return Estimate{Value: 1, Low: Figure(1 - exactEnd(groups)), High: 1, Exact: true}
	}
	return e
}
