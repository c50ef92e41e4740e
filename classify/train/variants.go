package train

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"callscam/corpus"
)

// variant is a call as it might also have reached the classifier.
type variant struct {
	call  corpus.Transcript
	share float64
}

// variants returns the call itself, the call cut off early, and the call as a
// recogniser would write it with nobody's role known. All stay in the call's
// group; their shares sum to 1.
func variants(e *corpus.Example, seed uint64) []variant {
	out := []variant{{e.Transcript, 0}}
	n := len(e.Turns)
	for _, part := range []float64{0.3, 0.6} {
		if k := int(part * float64(n)); k >= 2 && k < n {
			cut := e.Transcript
			cut.Turns = cut.Turns[:k]
			out = append(out, variant{cut, 0.15})
		}
	}
	out = append(out, variant{recognised(e, seed), 0.25})
	out[0].share = 1
	for _, v := range out[1:] {
		out[0].share -= v.share
	}
	return out
}

// recognised returns the call without case, punctuation and speaker names that
// state a role, and with a few words lost.
func recognised(e *corpus.Example, seed uint64) corpus.Transcript {
	t := e.Transcript
	t.Turns = make([]corpus.Turn, len(e.Turns))
	h := fnv.New64a()
	for i := range e.Turns {
		h.Write([]byte(e.Turns[i].Text))
	}
	rng := rand.New(rand.NewPCG(seed, h.Sum64()))
	for i, turn := range e.Turns {
		turn.Role = corpus.Unknown
		turn.Text = roughen(turn.Text, rng)
		t.Turns[i] = turn
	}
	return t
}

// lostWords is the share of words (or Han characters) that a recogniser drops.
const lostWords = 0.03

func roughen(text string, rng *rand.Rand) string {
	var b strings.Builder
	lost := false
	atStart := true
	for _, r := range strings.ToLower(text) {
		han := corpus.IsHan(r)
		switch {
		case strings.ContainsRune(".,!?;:\"，。！？；：、“”…—", r):
			r = ' '
			if strings.HasSuffix(b.String(), " ") {
				continue
			}
		case atStart || han:
			lost = rng.Float64() < lostWords
		}
		atStart = r == ' ' || han
		if !lost || r == ' ' {
			b.WriteRune(r)
		}
	}
	if strings.TrimSpace(b.String()) == "" {
		return text
	}
	return b.String()
}
