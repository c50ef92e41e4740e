package features

import (
	"slices"

	"callscam/corpus"
)

// Polarity says how a tactic is meant where it shows.
type Polarity uint8

// Only what the remote party asserts counts for a scam. Negated: "we never ask
// for your PIN". Reported: "a man told me to install it". Supposed: "if anyone
// asks for the code". SaidByOwner: in the mouth of the phone's owner.
const (
	Asserted Polarity = iota
	Negated
	Reported
	Supposed
	SaidByOwner
)

var polarityNames = [...]string{"asserted", "negated", "reported", "hypothetical", "callee"}

// String returns the polarity's name.
func (p Polarity) String() string { return polarityNames[p] }

// Evidence is one place where one tactic shows. Turn counts from 0; the span
// is in bytes of that turn's text.
type Evidence struct {
	Tactic   int // index into the catalog's tactics
	Polarity Polarity
	Turn     int
	Role     corpus.Role
	corpus.Span
}

// Document is a transcript with all that was seen in it. It stays valid until
// its analyzer reads the next call.
type Document struct {
	Transcript *corpus.Transcript
	Roles      []corpus.Role // by turn, stated or inferred
	Words      [][]Word      // by turn
	Evidence   []Evidence    // by turn, then place; cues are not among it
	Warnings   []string

	lex       *lexicon
	speakers  []int // by turn: number of the speaker
	nspeakers int
	stated    bool
	swapped   bool
	marks     []mark
	turnMarks []int // marks of turn i are marks[turnMarks[i]:turnMarks[i+1]]
}

// Analyzer reads calls with one catalog. It is not safe for concurrent use;
// every worker has its own.
type Analyzer struct {
	catalog *Catalog
	tok     *tokenizer
	match   *matcher

	words []Word
	hits  []hit
	found []tacticHit
	cues  []tacticHit
}

// NewAnalyzer returns an analyzer for the catalog.
func NewAnalyzer(c *Catalog) *Analyzer {
	m := newMatcher(c.prog)
	return &Analyzer{catalog: c, match: m, tok: &tokenizer{lex: c.lexicon()}}
}

// Catalog returns the analyzer's catalog.
func (a *Analyzer) Catalog() *Catalog { return a.catalog }

// Read returns the call's document.
func (a *Analyzer) Read(t *corpus.Transcript) *Document {
	a.tok.lex = a.catalog.lexicon()
	d := &Document{Transcript: t, lex: a.tok.lex}
	a.words = a.words[:0]
	ends := make([]int, len(t.Turns)+1)
	for i := range t.Turns {
		a.words = a.tok.words(t.Turns[i].Text, a.words)
		ends[i+1] = len(a.words)
	}
	a.match.read(a.words, ends[1:])
	d.Words = make([][]Word, len(t.Turns))
	d.turnMarks = make([]int, len(t.Turns)+1)
	for i := range t.Turns {
		d.Words[i] = a.words[ends[i]:ends[i+1]:ends[i+1]]
		d.marks = a.marks(d.Words[i], ends[i], d.marks)
		d.turnMarks[i+1] = len(d.marks)
	}
	d.numberSpeakers()
	d.attribute(a.catalog)
	if d.swapped {
		d.Warnings = append(d.Warnings, "roles exchanged: the stated callee says what callers say")
	}
	if !d.stated && d.nspeakers > 1 {
		d.Warnings = append(d.Warnings, "roles inferred: the transcript does not say who called whom")
	}
	return d
}

// Prefix returns the document of the call's first turns alone, as Read would
// give it for a transcript that ends there. It shares d's memory.
func (d *Document) Prefix(c *Catalog, turns int) *Document {
	if turns >= len(d.Transcript.Turns) {
		return d
	}
	t := *d.Transcript
	t.Turns = t.Turns[:turns]
	p := &Document{Transcript: &t, lex: d.lex, Words: d.Words[:turns], marks: d.marks[:d.turnMarks[turns]], turnMarks: d.turnMarks[:turns+1]}
	// Speakers are numbered in order of appearance, so a prefix has the first.
	p.speakers = d.speakers[:turns]
	p.nspeakers = slices.Max(p.speakers) + 1
	p.attribute(c)
	return p
}

// numberSpeakers turns names into numbers in order of appearance: a name is
// never seen by anything behind this.
func (d *Document) numberSpeakers() {
	type who struct {
		name string
		role corpus.Role
	}
	var seen []who
	for i := range d.Transcript.Turns {
		t := &d.Transcript.Turns[i]
		w := who{t.Speaker, t.Role}
		n := slices.Index(seen, w)
		if n < 0 {
			n = len(seen)
			seen = append(seen, w)
		}
		d.speakers = append(d.speakers, n)
		d.stated = d.stated || t.Role != corpus.Unknown
	}
	d.nspeakers = len(seen)
}

// Quote returns the words of a piece of evidence.
func (d *Document) Quote(e *Evidence) string {
	return d.Transcript.Turns[e.Turn].Text[e.Start:e.End]
}
