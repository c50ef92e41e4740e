package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// EarlyShares are the shares of a call's turns after which it is asked what
// the model thinks.
var EarlyShares = [4]float64{0.10, 0.25, 0.50, 1}

// erdeTurns are the turns by which an alarm should come: those in which a call
// has stated its pretext, and those by which most have come to their point.
var erdeTurns = [2]int{5, 15}

// early is the part of a study that looks at when alarms come.
type early struct {
	ps     []Prediction
	group  []int32
	ranks  []*ranking
	right  []int // alarmed scam calls, earliest alarm first
	median float64
	at     int
}

// The figures of early, after two for each share.
const (
	earlyAlarmed = 2*len(EarlyShares) + iota
	earlyBeforeHarm
	earlyERDE
	earlyF1      = earlyERDE + len(erdeTurns)
	earlyFigures = earlyF1 + 1
)

// newEarly returns nil where no call has early probabilities.
func newEarly(ps []Prediction, s *study) *early {
	var in []int
	for i := range ps {
		if len(ps[i].Early) == len(EarlyShares) {
			in = append(in, i)
		}
	}
	if len(in) < len(ps) {
		return nil
	}
	e := &early{ps: ps, group: s.group}
	for k := range EarlyShares {
		e.ranks = append(e.ranks, rank(ps, in, s.group, func(p *Prediction) float64 { return p.Early[k] }))
	}
	var turns []float64
	for i := range ps {
		if ps[i].Scam {
			turns = append(turns, float64(ps[i].Turns))
			if ps[i].AlarmTurn > 0 {
				e.right = append(e.right, i)
			}
		}
	}
	slices.SortStableFunc(e.right, func(a, b int) int { return cmp.Compare(ps[a].AlarmTurn, ps[b].AlarmTurn) })
	e.median = quantile(turns, 0.5)
	e.at = s.add(earlyFigures, e.figures)
	return e
}

// quantile sorts values and returns NaN where there are none.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	at := q * float64(len(values)-1)
	low := int(at)
	high := min(low+1, len(values)-1)
	return values[low] + (at-float64(low))*(values[high]-values[low])
}

func (e *early) figures(weight, out []float64) {
	for k, r := range e.ranks {
		o := r.figures(weight)
		out[2*k], out[2*k+1] = o.recall[1], o.auc
	}
	var scams, legits, alarmed, falseAlarms, harm, before float64
	var late [len(erdeTurns)]float64
	for i := range e.ps {
		p, w := &e.ps[i], weight[e.group[i]]
		switch {
		case w == 0:
			continue
		case !p.Scam:
			legits += w
			if p.AlarmTurn > 0 {
				falseAlarms += w
			}
			continue
		}
		scams += w
		if p.HarmTurn > 0 {
			harm += w
		}
		if p.AlarmTurn == 0 {
			continue
		}
		alarmed += w
		if p.AlarmTurn < p.HarmTurn {
			before += w
		}
		for k, turns := range erdeTurns {
			late[k] += w * (1 - 1/(1+math.Exp(float64(p.AlarmTurn-turns))))
		}
	}
	out[earlyAlarmed], out[earlyBeforeHarm] = alarmed/scams, before/harm
	share := scams / (scams + legits)
	for k := range erdeTurns {
		out[earlyERDE+k] = (late[k] + (scams - alarmed) + share*falseAlarms) / (scams + legits)
	}
	out[earlyF1] = e.speed(weight, alarmed) * 2 * alarmed / (alarmed + scams + falseAlarms)
}

// speed is 1 less the median penalty of the right alarms, after Sadeque, Xu and
// Bethard (2018): -1+2/(1+exp(-p·(turn-1))), with p such that an alarm at the
// median length of the scam calls counts half.
func (e *early) speed(weight []float64, alarmed float64) float64 {
	sum := 0.0
	for _, i := range e.right {
		sum += weight[e.group[i]]
		if sum >= alarmed/2 && sum > 0 {
			return 1 - e.penalty(float64(e.ps[i].AlarmTurn))
		}
	}
	return 0
}

func (e *early) penalty(turn float64) float64 {
	p := math.Log(3) / math.Max(e.median-1, 1)
	return -1 + 2/(1+math.Exp(-p*(turn-1)))
}

// told is called after the study has run.
func (e *early) told(s *study) *Early {
	if e == nil {
		return nil
	}
	scamGroups, harmGroups := map[int32]bool{}, map[int32]bool{}
	out := &Early{HalfTurn: Figure(math.Max(e.median, 2)), ERDE: []ERDE{}}
	var turns, seconds []float64
	for i := range e.ps {
		if p := &e.ps[i]; p.Scam {
			scamGroups[e.group[i]] = true
			if p.HarmTurn > 0 {
				harmGroups[e.group[i]] = true
				out.WithHarm++
			}
		}
	}
	for _, i := range e.right {
		turns = append(turns, float64(e.ps[i].AlarmTurn))
		if at := e.ps[i].AlarmSeconds; at != nil {
			seconds = append(seconds, *at)
		}
	}
	for k, share := range EarlyShares {
		out.Points = append(out.Points, EarlyPoint{share, s.share(e.at+2*k, len(scamGroups)), s.estimate(e.at + 2*k + 1)})
	}
	out.Alarmed = s.share(e.at+earlyAlarmed, len(scamGroups))
	out.BeforeHarm = s.share(e.at+earlyBeforeHarm, len(harmGroups))
	for k, turns := range erdeTurns {
		out.ERDE = append(out.ERDE, ERDE{turns, s.estimate(e.at + earlyERDE + k)})
	}
	out.LatencyF1 = s.estimate(e.at + earlyF1)
	out.WithSeconds = len(seconds)
	for _, q := range []float64{0.25, 0.5, 0.75} {
		out.AlarmTurns = append(out.AlarmTurns, Figure(quantile(turns, q)))
		out.AlarmSeconds = append(out.AlarmSeconds, Figure(quantile(seconds, q)))
	}
	return out
}
