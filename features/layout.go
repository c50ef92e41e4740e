package features

import (
	"math"

	"callscam/features/arith"
)

// Sign says which way a feature may move the margin.
type Sign int8

// The signs: a feature that speaks for a scam never lowers the margin, one
// that speaks against never raises it.
const (
	Free   Sign = 0
	Raises Sign = 1
	Lowers Sign = -1
)

// Class groups features that are penalised alike in training.
type Class uint8

// The classes of features.
const (
	TacticFeature Class = iota
	ProtectiveFeature
	ScriptFeature
	ShapeFeature
	LengthFeature
	TermFeature
)

// Feature describes one column of a vector. Tactic is its index in the
// catalog, or -1. Prior is the weight expected before any training.
type Feature struct {
	Name   string
	Class  Class
	Sign   Sign
	Prior  float64
	Tactic int
}

// layout is the dense part of the vector, fixed by the catalog.
type layout struct {
	features []Feature
	slots    []slot // by tactic
	script   int    // first of the stage pairs
	shape    int    // first of the shape features
}

// slot is where a tactic's columns begin: for a scam tactic shown, repeated,
// density, early, denied, retold; for a protective one shown alone.
type slot struct{ at int }

const (
	slotShown = iota
	slotRepeated
	slotDensity
	slotEarly
	slotDenied
	slotRetold
	slotCount
)

// The expected weight of a tactic's first sighting, by its stated strength:
// at 5 it alone outweighs an average legitimate call's bias.
const (
	priorPerStrength   = 0.6
	priorPerProtection = 0.3
)

func newLayout(c *Catalog) *layout {
	l := &layout{slots: make([]slot, len(c.Tactics))}
	add := func(name string, class Class, sign Sign, prior float64, tactic int) {
		l.features = append(l.features, Feature{name, class, sign, prior, tactic})
	}
	for i, t := range c.Tactics {
		l.slots[i] = slot{len(l.features)}
		switch t.Kind {
		case ScamTactic:
			add(t.Name, TacticFeature, Raises, t.Strength*priorPerStrength, i)
			add(t.Name+", repeated", TacticFeature, Raises, 0, i)
			add(t.Name+", per 100 words", TacticFeature, Raises, 0, i)
			add(t.Name+", early", TacticFeature, Raises, 0, i)
			add(t.Name+", denied", TacticFeature, Lowers, 0, i)
			add(t.Name+", retold", TacticFeature, Lowers, 0, i)
		case Protective:
			add(t.Name, ProtectiveFeature, Lowers, -t.Strength*priorPerProtection, i)
		}
	}
	l.script = len(l.features)
	for a := Contact; a <= CoverUp; a++ {
		for b := a + 1; b <= CoverUp; b++ {
			add("script: "+a.String()+" then "+b.String(), ScriptFeature, Raises, scriptPrior(a, b), -1)
		}
	}
	add("script: stages in order", ScriptFeature, Raises, 0.5, -1)
	add("script: distinct tactics", ScriptFeature, Raises, 1, -1)
	l.shape = len(l.features)
	add("shape: remote party's share of words", ShapeFeature, Free, 0, -1)
	add("shape: words per turn", ShapeFeature, Free, 0, -1)
	add("shape: turns", ShapeFeature, Free, 0, -1)
	add("shape: short turns", ShapeFeature, Free, 0, -1)
	add("shape: length", LengthFeature, Lowers, priorOfLength, -1)
	return l
}

// priorOfLength is the expected weight of a call's length. The more is said,
// the more of it sounds like a tactic by chance. Calls to learn from that are
// of equal length in both labels cannot teach that, so it is set, and training
// hardly moves it.
const priorOfLength = -4.8

// scriptPrior is the expected weight of two stages in their order. A threat or
// a lure alone is many an honest call's business; what it leads to tells.
func scriptPrior(a, b Stage) float64 {
	if b < Compliance || b == CoverUp {
		return 0
	}
	return map[Stage]float64{Contact: 0.2, Hook: 0.3, Pressure: 0.5, Compliance: 0.5}[a]
}

// fill computes the dense part of the document's vector into x, which has the
// layout's length.
func (l *layout) fill(c *Catalog, d *Document, x []float64) {
	clear(x)
	remoteWords, words, short := 0, 0, 0
	for i := range d.Words {
		n := len(d.Words[i])
		words += n
		if !d.Roles[i].Owner() {
			remoteWords += n
		}
		if n <= shortTurn {
			short++
		}
	}
	var first [CoverUp + 1]int // turn and place of each stage's first evidence, plus 1
	distinct, damned, doubtful := 0, false, false
	for place := range d.Evidence {
		e := &d.Evidence[place]
		t := c.Tactics[e.Tactic]
		at := l.slots[e.Tactic].at
		use := e.Use()
		switch {
		case use == UseNone:
			continue
		case t.Kind == Protective:
			if use == UseShown {
				x[at] = 1
			}
			continue
		case use == UseDenied:
			x[at+slotDenied] = 1
			continue
		case use == UseRetold:
			x[at+slotRetold] = 1
			continue
		}
		if x[at+slotShown] == 0 {
			distinct++
			x[at+slotShown] = 1
			x[at+slotEarly] = earlyValue(e.Turn)
		}
		x[at+slotDensity]++
		damned = damned || t.Damning == AlwaysDamning
		doubtful = doubtful || t.Damning == DamningUnderPressure
		if first[t.Stage] == 0 {
			first[t.Stage] = place + 1
		}
	}
	l.finishTactics(c, x, remoteWords, damned || doubtful && pressed(&first))
	fillScript(x[l.script:], first, distinct)
	fillShape(x[l.shape:], len(d.Words), words, remoteWords, short)
}

// finishTactics turns counts into saturating figures. Protective evidence of
// several kinds weighs together as much as the square root of their number,
// and nothing in the mouth of a caller who does what no honest caller does:
// scammers say "we never ask for your password" too.
func (l *layout) finishTactics(c *Catalog, x []float64, remoteWords int, damned bool) {
	kinds := 0.0
	for i, t := range c.Tactics {
		if t.Kind == Protective {
			kinds += x[l.slots[i].at]
		}
	}
	for i, t := range c.Tactics {
		at := l.slots[i].at
		switch t.Kind {
		case ScamTactic:
			if n := x[at+slotDensity]; n > 0 {
				x[at+slotRepeated] = repeatedValue(n)
				x[at+slotDensity] = densityValue(n, remoteWords)
			}
			if damned {
				x[at+slotDenied] = 0
			}
		case Protective:
			if damned {
				x[at] = 0
			} else if x[at] > 0 {
				x[at] = 1 / math.Sqrt(kinds)
			}
		}
	}
}

// pressed reports whether a stage was reached that makes doubtful tactics
// damning.
func pressed(first *[CoverUp + 1]int) bool {
	return first[Pressure] > 0 || first[Extraction] > 0 || first[CoverUp] > 0
}

// shortTurn is the number of words up to which a turn is short.
const shortTurn = 3

func earlyValue(turn int) float64 { return 1 / (1 + float64(turn)/10) }

func repeatedValue(n float64) float64 { return 1 - 1/n }

func densityValue(n float64, remoteWords int) float64 {
	per := 100 * n / float64(max(remoteWords, 25))
	return per / (1 + per)
}

// How many features there are of a kind.
const (
	scriptCount = 17
	shapeCount  = 5
)

// fillScript computes the script features into the start of x.
func fillScript(x []float64, first [CoverUp + 1]int, distinct int) {
	at := 0
	chain := [CoverUp + 1]int{}
	longest := 0
	for a := Contact; a <= CoverUp; a++ {
		for b := a + 1; b <= CoverUp; b++ {
			if first[a] > 0 && first[b] > first[a] {
				x[at] = 1
			}
			at++
		}
		if first[a] > 0 {
			chain[a] = 1
			for b := Contact; b < a; b++ {
				if first[b] > 0 && first[b] < first[a] {
					chain[a] = max(chain[a], chain[b]+1)
				}
			}
			longest = max(longest, chain[a])
		}
	}
	if longest > 1 {
		x[at] = float64(longest-1) / 5
	}
	x[at+1] = float64(distinct) / float64(distinct+3)
}

// fillShape computes the shape features into the start of x.
func fillShape(x []float64, turns, words, remoteWords, short int) {
	if turns == 0 || words == 0 {
		return
	}
	x[0] = float64(remoteWords) / float64(words)
	x[1] = math.Min(1, arith.Log1p(float64(words)/float64(turns))/5)
	x[2] = math.Min(1, arith.Log1p(float64(turns))/6)
	x[3] = float64(short) / float64(turns)
	x[4] = math.Min(1, arith.Log(float64(max(words, shortCall))/shortCall)/8)
}

// shortCall is the number of words up to which length says nothing.
const shortCall = 40
