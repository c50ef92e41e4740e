package evaluate

import "math"

// Explanation is one flagged call's probability as it is, without the words
// that were quoted as evidence, and without as many other words.
type Explanation struct {
	Source, Group                       string
	Whole, WithoutQuoted, WithoutRandom float64
}

// RandomWithin is how far the probability may move when words are taken out
// that were not quoted.
const RandomWithin = 0.10

// explained returns nil where there is nothing to tell of.
func explained(given []Explanation, rounds int, seed uint64) *Explanations {
	if len(given) == 0 {
		return nil
	}
	ps := make([]Prediction, len(given))
	for i, g := range given {
		ps[i] = Prediction{Source: g.Source, Group: g.Group}
	}
	s := newStudy(ps)
	at := s.add(3, func(weight, out []float64) {
		var falls, stays, both, all float64
		for i := range given {
			w := weight[s.group[i]]
			all += w
			fall, stay := given[i].holds()
			if fall {
				falls += w
			}
			if stay {
				stays += w
			}
			if fall && stay {
				both += w
			}
		}
		out[0], out[1], out[2] = falls/all, stays/all, both/all
	})
	s.run(rounds, seed)
	var fall, move []float64
	for _, g := range given {
		fall = append(fall, g.Whole-g.WithoutQuoted)
		move = append(move, math.Abs(g.Whole-g.WithoutRandom))
	}
	return &Explanations{Calls: len(given), Within: RandomWithin, MedianFall: Figure(quantile(fall, 0.5)), MedianMove: Figure(quantile(move, 0.5)),
		Falls: s.share(at, s.groups), Stays: s.share(at+1, s.groups), Holds: s.share(at+2, s.groups)}
}

func (e *Explanation) holds() (falls, stays bool) {
	return e.WithoutQuoted < e.Whole, math.Abs(e.Whole-e.WithoutRandom) <= RandomWithin
}
