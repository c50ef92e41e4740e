package features

import "math"

// running follows the dense part of a call's margin from turn to turn. Who the
// remote party is can look different after every turn, so it keeps a tally for
// each answer and brings it up to date when it is needed: a turn is counted
// once for an answer, not once for each turn behind it.
type running struct {
	catalog *Catalog
	layout  *layout
	weights []float64

	d       *Document
	turn    int
	seen    int // speakers
	heard   sides
	tallies []tally // by the answer's number
}

func newRunning(v *Vectorizer, weights []float64) running {
	return running{catalog: v.catalog, layout: v.layout, weights: weights}
}

// start begins with a document.
func (r *running) start(d *Document, margins []float64) []float64 {
	r.d, r.turn, r.seen = d, 0, 0
	r.heard.reset(r.catalog, d.nspeakers)
	for i := range r.tallies {
		if r.tallies[i].turns > 0 {
			r.tallies[i].reset()
		}
	}
	for len(r.tallies) < answers(d.nspeakers) {
		r.tallies = append(r.tallies, tally{})
	}
	return margins
}

// next returns what the dense features add to the margin after one more turn.
func (r *running) next() float64 {
	r.seen = max(r.seen, r.d.speakers[r.turn]+1)
	r.heard.hear(r.d, r.turn)
	r.turn++
	a := r.heard.answer(r.seen)
	t := &r.tallies[a.number(r.d.nspeakers)]
	if t.count == nil {
		*t = newTally(r)
	}
	for t.turns < r.turn {
		t.add(r, a)
	}
	return t.margin(r)
}

// tally is what was counted of a call's first turns.
type tally struct {
	turns, words, remoteWords, short int
	place                            int // of the next piece of evidence
	first                            [CoverUp + 1]int
	damned, doubtful                 bool

	count  []int     // by tactic
	early  []float64 // by tactic
	shown  []int     // the scam tactics that were
	denied sums
	retold sums
	mild   sums // protective tactics
	script float64
}

// sums adds up weights of tactics, each once.
type sums struct {
	has   []bool
	which []int
	sum   float64
}

func (s *sums) add(tactic int, weight float64) {
	if !s.has[tactic] {
		s.has[tactic] = true
		s.which = append(s.which, tactic)
		s.sum += weight
	}
}

func (s *sums) reset() {
	for _, t := range s.which {
		s.has[t] = false
	}
	s.which, s.sum = s.which[:0], 0
}

func newTally(r *running) tally {
	n := len(r.catalog.Tactics)
	has := make([]bool, 3*n)
	return tally{count: make([]int, n), early: make([]float64, n),
		denied: sums{has: has[:n:n]}, retold: sums{has: has[n : 2*n : 2*n]}, mild: sums{has: has[2*n:]}}
}

func (t *tally) reset() {
	for _, tactic := range t.shown {
		t.count[tactic] = 0
	}
	t.denied.reset()
	t.retold.reset()
	t.mild.reset()
	*t = tally{count: t.count, early: t.early, shown: t.shown[:0], denied: t.denied, retold: t.retold, mild: t.mild}
}

// add counts one more turn.
func (t *tally) add(r *running, a answer) {
	k := t.turns
	who := r.d.speakers[k]
	role := a.role(r.d.Transcript.Turns[k].Role, who)
	n := len(r.d.Words[k])
	t.turns++
	t.words += n
	if !role.Owner() {
		t.remoteWords += n
	}
	if n <= shortTurn {
		t.short++
	}
	order := t.place
	for _, m := range r.d.marksOf(k) {
		tactic := r.catalog.Tactics[m.tactic]
		if tactic.Kind == Cue {
			continue
		}
		t.place++
		e := m.evidence(k, role)
		at := r.layout.slots[m.tactic].at
		switch use := e.Use(); {
		case use == UseNone:
		case tactic.Kind == Protective:
			if use == UseShown {
				t.mild.add(m.tactic, r.weights[at])
			}
		case use == UseDenied:
			t.denied.add(m.tactic, r.weights[at+slotDenied])
		case use == UseRetold:
			t.retold.add(m.tactic, r.weights[at+slotRetold])
		default:
			t.show(m.tactic, tactic, k)
		}
	}
	if t.place > order {
		t.script = r.script(t)
	}
}

// show counts asserted evidence of a scam tactic.
func (t *tally) show(i int, tactic *Tactic, turn int) {
	if t.count[i] == 0 {
		t.shown = append(t.shown, i)
		t.early[i] = earlyValue(turn)
	}
	t.count[i]++
	t.damned = t.damned || tactic.Damning == AlwaysDamning
	t.doubtful = t.doubtful || tactic.Damning == DamningUnderPressure
	if t.first[tactic.Stage] == 0 {
		t.first[tactic.Stage] = t.place
	}
}

// margin returns the dense features' part of the margin.
func (t *tally) margin(r *running) float64 {
	m := t.script + t.retold.sum
	for _, i := range t.shown {
		w := r.weights[r.layout.slots[i].at:]
		n := float64(t.count[i])
		m += w[slotShown] + float64(w[slotRepeated]*repeatedValue(n)) + float64(w[slotDensity]*densityValue(n, t.remoteWords)) + float64(w[slotEarly]*t.early[i])
	}
	if !t.damned && !(t.doubtful && pressed(&t.first)) {
		m += t.denied.sum
		if kinds := len(t.mild.which); kinds > 0 {
			m += t.mild.sum / math.Sqrt(float64(kinds))
		}
	}
	var x [shapeCount]float64
	fillShape(x[:], t.turns, t.words, t.remoteWords, t.short)
	for i, w := range r.weights[r.layout.shape : r.layout.shape+shapeCount] {
		m += float64(w * x[i])
	}
	return m
}

// script returns what the script features add.
func (r *running) script(t *tally) float64 {
	var x [scriptCount]float64
	fillScript(x[:], t.first, len(t.shown))
	m := 0.0
	for i, w := range r.weights[r.layout.script : r.layout.script+scriptCount] {
		m += float64(w * x[i])
	}
	return m
}
