package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Rounds is the number of bootstrap rounds behind an interval.
const Rounds = 1000

// RecallInterval returns the 95 % interval of RecallAt by a percentile
// bootstrap that draws whole groups (Field and Welsh 2007): calls of one
// script are not independent. The same seed gives the same interval.
func RecallInterval(ps []Prediction, fpr float64, seed uint64) [2]float64 {
	return interval(ps, seed, func(c []point) float64 { return recallAt(c, fpr) })
}

func interval(ps []Prediction, seed uint64, figure func([]point) float64) [2]float64 {
	order := descending(ps)
	group := make([]int, len(ps))
	numbers := map[string]int{}
	for i := range ps {
		key := ps[i].Source + "\x00" + ps[i].Group
		if _, ok := numbers[key]; !ok {
			numbers[key] = len(numbers)
		}
		group[i] = numbers[key]
	}
	rng := rand.New(rand.NewPCG(seed, 0x63616c6c))
	drawn := make([]float64, len(numbers))
	weight := make([]float64, len(ps))
	var values []float64
	for range Rounds {
		clear(drawn)
		for range drawn {
			drawn[rng.IntN(len(drawn))]++
		}
		for i := range weight {
			weight[i] = drawn[group[i]]
		}
		if v := figure(curve(ps, order, weight)); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return [2]float64{math.NaN(), math.NaN()}
	}
	slices.Sort(values)
	at := func(q float64) float64 { return values[int(q*float64(len(values)-1)+0.5)] }
	return [2]float64{at(0.025), at(0.975)}
}
