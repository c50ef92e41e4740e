package train

import (
	"fmt"

	"callscam/classify/evaluate"
	"callscam/corpus"
)

// acrossFolds counts the calls that say nearly the same as a call that their
// model learned from.
func acrossFolds(examples []corpus.Example, fold []int) *evaluate.Duplicates {
	near := map[int]bool{}
	corpus.EachNear(examples, func(i, j int, _ float64) {
		if fold[i] != fold[j] {
			near[i], near[j] = true, true
		}
	})
	return told(len(examples), len(near))
}

// Nearness counts the asked calls that say nearly the same as one of the
// learned.
func Nearness(asked, learned []corpus.Example) *evaluate.Duplicates {
	all := append(append([]corpus.Example{}, asked...), learned...)
	near := map[int]bool{}
	corpus.EachNear(all, func(i, j int, _ float64) {
		if i >= len(asked) && j < len(asked) {
			near[j] = true
		}
	})
	return told(len(asked), len(near))
}

func told(calls, near int) *evaluate.Duplicates {
	d := &evaluate.Duplicates{Checked: true, Calls: calls, Near: near,
		Verdict: fmt.Sprintf("no call is a near-duplicate of one that was learned from (of %d)", calls)}
	if near > 0 {
		d.Verdict = fmt.Sprintf("%d of %d calls are near-duplicates of calls that were learned from (over %.0f %% of their word triples shared)",
			near, calls, 100*corpus.MaxSimilarity)
	}
	return d
}
