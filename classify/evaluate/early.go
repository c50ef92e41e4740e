package evaluate

import (
	"cmp"
	"math"
	"slices"

	"callscam/features/arith"
)

// EarlyShares are the shares of a call's turns after which it is asked what
// the model thinks.
var EarlyShares = [4]float64{0.10, 0.25, 0.50, 1}

// erdeTurns are the turns by which an alarm should come: those in which a call
// has stated its pretext, and those by which most have come to their point.
var erdeTurns = [2]int{5, 15}

// early is the part of a study that looks at when alarms come.
type early struct {
	ps      []Prediction
	group   []int32
	ranks   []*ranking  // of all shares but the whole
	sums    []alarmSums // by group
	right   []alarm     // of scam calls, earliest first
	median  float64
	at      int
	wholeAt int // where the figures of whole calls stand
}

// The figures of early, after two for each share but the last.
const (
	earlyAlarmed = 2*(len(EarlyShares)-1) + iota
	earlyFalse
	earlyBeforeHarm
	earlyERDE
	earlyF1      = earlyERDE + len(erdeTurns)
	earlyFigures = earlyF1 + 1
)

// newEarly returns nil where no call has early probabilities.
func newEarly(ps []Prediction, s *study, all *cut) *early {
	var in []int
	for i := range ps {
		if len(ps[i].Early) == len(EarlyShares) {
			in = append(in, i)
		}
	}
	if len(in) < len(ps) {
		return nil
	}
	e := &early{ps: ps, group: s.group, sums: make([]alarmSums, s.groups)}
	for k := range EarlyShares[:len(EarlyShares)-1] {
		e.ranks = append(e.ranks, rank(ps, in, s.group, func(p *Prediction) float64 { return p.Early[k] }))
	}
	var turns []float64
	for i := range ps {
		e.sums[s.group[i]].count(&ps[i])
		if ps[i].Scam {
			turns = append(turns, float64(ps[i].Turns))
			if ps[i].AlarmTurn > 0 {
				e.right = append(e.right, alarm{i, s.group[i], ps[i].AlarmTurn})
			}
		}
	}
	slices.SortStableFunc(e.right, func(a, b alarm) int { return cmp.Compare(a.turn, b.turn) })
	e.median = quantile(turns, 0.5)
	e.at = s.add(earlyFigures, e.figures)
	e.wholeAt = all.at
	return e
}

// alarm is a right one: its call, group and turn.
type alarm struct {
	call  int
	group int32
	turn  int
}

// alarmSums counts one group's calls.
type alarmSums struct {
	scams, legits, alarmed, falseAlarms, harm, before float64
	late                                              [len(erdeTurns)]float64
}

func (s *alarmSums) count(p *Prediction) {
	if !p.Scam {
		s.legits++
		if p.AlarmTurn > 0 {
			s.falseAlarms++
		}
		return
	}
	s.scams++
	if p.HarmTurn > 0 {
		s.harm++
	}
	if p.AlarmTurn == 0 {
		return
	}
	s.alarmed++
	if p.AlarmTurn < p.HarmTurn {
		s.before++
	}
	for k, turns := range erdeTurns {
		s.late[k] += 1 - 1/(1+arith.Exp(float64(p.AlarmTurn-turns)))
	}
}

func (s *alarmSums) add(o *alarmSums, w float64) {
	s.scams += float64(w * o.scams)
	s.legits += float64(w * o.legits)
	s.alarmed += float64(w * o.alarmed)
	s.falseAlarms += float64(w * o.falseAlarms)
	s.harm += float64(w * o.harm)
	s.before += float64(w * o.before)
	for k := range s.late {
		s.late[k] += float64(w * o.late[k])
	}
}

// quantile sorts values and returns NaN where there are none.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	at := float64(q * float64(len(values)-1))
	low := int(at)
	high := min(low+1, len(values)-1)
	return values[low] + float64((at-float64(low))*(values[high]-values[low]))
}

func (e *early) figures(weight, out []float64) {
	for k, r := range e.ranks {
		o := r.figures(weight)
		out[2*k], out[2*k+1] = o.recall[1], o.auc
	}
	var t alarmSums
	for g := range e.sums {
		if w := weight[g]; w != 0 {
			t.add(&e.sums[g], w)
		}
	}
	out[earlyAlarmed], out[earlyFalse], out[earlyBeforeHarm] = t.alarmed/t.scams, t.falseAlarms/t.legits, t.before/t.harm
	share := t.scams / (t.scams + t.legits)
	for k := range erdeTurns {
		out[earlyERDE+k] = (t.late[k] + (t.scams - t.alarmed) + float64(share*t.falseAlarms)) / (t.scams + t.legits)
	}
	out[earlyF1] = e.speed(weight, t.alarmed) * 2 * t.alarmed / (t.alarmed + t.scams + t.falseAlarms)
}

// speed is 1 less the median penalty of the right alarms, after Sadeque, Xu and
// Bethard (2018): -1+2/(1+exp(-p·(turn-1))), with p such that an alarm at the
// median length of the scam calls counts half.
func (e *early) speed(weight []float64, alarmed float64) float64 {
	sum := 0.0
	for _, a := range e.right {
		sum += weight[a.group]
		if sum >= alarmed/2 && sum > 0 {
			return 1 - e.penalty(float64(a.turn))
		}
	}
	return 0
}

func (e *early) penalty(turn float64) float64 {
	p := arith.Log(3) / math.Max(e.median-1, 1)
	return -1 + 2/(1+arith.Exp(-p*(turn-1)))
}

// told is called after the study has run.
func (e *early) told(s *study) *Early {
	if e == nil {
		return nil
	}
	scamGroups, legitGroups, harmGroups := map[int32]bool{}, map[int32]bool{}, map[int32]bool{}
	out := &Early{HalfTurn: Figure(math.Max(e.median, 2)), ERDE: []ERDE{}}
	var turns, seconds []float64
	for i := range e.ps {
		if p := &e.ps[i]; p.Scam {
			scamGroups[e.group[i]] = true
			if p.HarmTurn > 0 {
				harmGroups[e.group[i]] = true
				out.WithHarm++
			}
		} else {
			legitGroups[e.group[i]] = true
		}
	}
	for _, a := range e.right {
		turns = append(turns, float64(a.turn))
		if at := e.ps[a.call].AlarmSeconds; at != nil {
			seconds = append(seconds, *at)
		}
	}
	for k, share := range EarlyShares {
		recall, auc := e.at+2*k, e.at+2*k+1
		if k == len(e.ranks) {
			recall, auc = e.wholeAt+figRecall1, e.wholeAt+figAUC
		}
		out.Points = append(out.Points, EarlyPoint{share, s.share(recall, len(scamGroups)), s.estimate(auc)})
	}
	out.Alarmed = s.share(e.at+earlyAlarmed, len(scamGroups))
	out.FalseAlarms = s.share(e.at+earlyFalse, len(legitGroups))
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
