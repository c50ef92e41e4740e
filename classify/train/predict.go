package train

import (
	"math"
	"runtime"
	"sync"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
	"callscam/features"
)

// Predict returns the classifier's prediction for every call, in their order,
// with what it would have said early. Labels are read only to stand beside the
// probabilities. It uses all processors; tell is called by one goroutine at a
// time.
func Predict(cl *classify.Classifier, examples []corpus.Example, tell func(done int)) []evaluate.Prediction {
	ps := make([]evaluate.Prediction, len(examples))
	eachCall(len(examples), tell, func() func(i int) {
		scorer := cl.NewScorer()
		return func(i int) {
			e := &examples[i]
			r, running := scorer.ScoreTurns(&e.Transcript)
			ps[i] = predictionOf(cl, e, r)
			ps[i].Early = early(running)
		}
	})
	return ps
}

// eachCall does n things on all processors; every worker makes its own doer.
func eachCall(n int, tell func(done int), worker func() func(i int)) {
	next := make(chan int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	done := 0
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			do := worker()
			for i := range next {
				do(i)
				mu.Lock()
				done++
				tell(done)
				mu.Unlock()
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// early picks the running probabilities after the shares of the turns that
// evaluate asks for, rounded up to whole turns.
func early(running []float64) []float64 {
	if len(running) == 0 {
		return nil
	}
	var out []float64
	for _, share := range evaluate.EarlyShares {
		turns := int(math.Ceil(float64(share*float64(len(running))) - 1e-9))
		out = append(out, running[max(turns, 1)-1])
	}
	return out
}

func predictionOf(cl *classify.Classifier, e *corpus.Example, r *classify.Result) evaluate.Prediction {
	p := evaluate.Prediction{ID: e.ID, Path: e.Path, Scam: e.Label == corpus.Scam, Probability: r.Probability,
		Flagged: r.Probability >= cl.Model.Thresholds.Scam.Probability, Verdict: string(r.Verdict), Reasons: reasons(r), Tactics: countTactics(cl.Catalog(), r),
		Source: e.Source, Group: e.GroupKey(), Lang: r.Lang, Pretext: e.Pretext, Style: e.Style, Turns: r.Turns, HarmTurn: e.HarmTurn}
	if r.AlarmTurn != nil {
		p.AlarmTurn = *r.AlarmTurn
		p.AlarmSeconds = secondsAt(e.Turns[p.AlarmTurn-1])
	}
	return p
}

// secondsAt returns when the turn ended, or, where only that is known, when it
// began.
func secondsAt(t corpus.Turn) *float64 {
	at := t.End
	if at == corpus.NoTime {
		at = t.Start
	}
	if at == corpus.NoTime {
		return nil
	}
	seconds := float64(at) / 1000
	return &seconds
}

// maxReasons is the number of pieces of evidence that a prediction keeps.
const maxReasons = 3

func reasons(r *classify.Result) []evaluate.Reason {
	var out []evaluate.Reason
	for _, e := range heaviest(r.Evidence)[:min(len(r.Evidence), maxReasons)] {
		if e.Points != 0 {
			out = append(out, evaluate.Reason{Tactic: e.Tactic, Polarity: e.Polarity, Turn: e.Turn, Points: e.Points})
		}
	}
	return out
}

func countTactics(c *features.Catalog, r *classify.Result) int {
	scam := map[string]bool{}
	for _, t := range c.Tactics {
		if t.Kind == features.ScamTactic {
			scam[t.Name] = true
		}
	}
	n := 0
	for _, e := range r.Evidence {
		if scam[e.Tactic] && e.Polarity == features.Asserted.String() {
			scam[e.Tactic] = false
			n++
		}
	}
	return n
}
