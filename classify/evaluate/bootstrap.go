package evaluate

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// Rounds is the usual number of bootstrap rounds behind an interval.
const Rounds = 1000

// RecallInterval returns the 95 % interval of RecallAt by a percentile
// bootstrap that draws whole groups (Field and Welsh 2007): calls of one
// script are not independent. The same seed gives the same interval.
func RecallInterval(ps []Prediction, fpr float64, seed uint64) [2]float64 {
	group, groups := numberGroups(ps)
	in := make([]int, len(ps))
	for i := range in {
		in[i] = i
	}
	r := rank(ps, in, group, probability)
	values := resample(groups, Rounds, seed, 1, func(weight, out []float64) {
		out[0] = r.figuresAt(weight, [3]float64{fpr}).recall[0]
	})
	return percentiles(values[0])
}

// numberGroups numbers the groups in order of appearance. A group is one of a
// source: two data sets may use the same name.
func numberGroups(ps []Prediction) ([]int32, int) {
	group := make([]int32, len(ps))
	numbers := map[[2]string]int32{}
	for i := range ps {
		key := [2]string{ps[i].Source, ps[i].Group}
		n, ok := numbers[key]
		if !ok {
			n = int32(len(numbers))
			numbers[key] = n
		}
		group[i] = n
	}
	return group, len(numbers)
}

// resample draws groups with replacement, as many as there are, in each round,
// and has figures write width numbers for the weight of each group. It returns
// the numbers of all rounds, by figure. Figures runs on several goroutines; the
// result depends on the seed alone.
func resample(groups, rounds int, seed uint64, width int, figures func(weight, out []float64)) [][]float64 {
	values := make([][]float64, width)
	for k := range values {
		values[k] = make([]float64, rounds)
	}
	rng := rand.New(rand.NewPCG(seed, 0x63616c6c))
	next := 0
	var drawing sync.Mutex
	draw := func(weight []float64) (round int, ok bool) {
		drawing.Lock()
		defer drawing.Unlock()
		if next == rounds {
			return 0, false
		}
		clear(weight)
		for range weight {
			weight[rng.IntN(len(weight))]++
		}
		next++
		return next - 1, true
	}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			weight, out := make([]float64, groups), make([]float64, width)
			for {
				round, ok := draw(weight)
				if !ok {
					return
				}
				figures(weight, out)
				for k, v := range out {
					values[k][round] = v
				}
			}
		})
	}
	workers.Wait()
	return values
}

// percentiles returns the 2.5 and 97.5 percentiles of the numbers that are
// defined.
func percentiles(values []float64) [2]float64 {
	values = slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	slices.Sort(values)
	if len(values) == 0 {
		return [2]float64{math.NaN(), math.NaN()}
	}
	at := func(q float64) float64 { return values[int(float64(q*float64(len(values)-1))+0.5)] }
	return [2]float64{at(0.025), at(0.975)}
}
