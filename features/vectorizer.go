package features

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"callscam/corpus"
)

// Vector is a sparse row: values of the columns in Index, which ascends.
type Vector struct {
	Index []int32
	Value []float64
}

// Vectorizer turns documents into vectors. Its columns are the dense features
// of the catalog, then the terms it was made with. It is immutable and safe
// for concurrent use.
type Vectorizer struct {
	catalog  *Catalog
	layout   *layout
	features []Feature
	terms    map[string]int32
	table    *termTable
}

// NewVectorizer returns a vectorizer with the given terms, in that order.
func NewVectorizer(c *Catalog, terms []string) *Vectorizer {
	v := &Vectorizer{catalog: c, layout: newLayout(c), terms: make(map[string]int32, len(terms))}
	v.features = slices.Clone(v.layout.features)
	for _, t := range terms {
		v.terms[t] = int32(len(v.features))
		v.features = append(v.features, Feature{Name: termPrefix + t, Class: TermFeature, Tactic: -1})
	}
	v.table = newTermTable(v.terms)
	return v
}

const termPrefix = "term: "

// Features describes the columns.
func (v *Vectorizer) Features() []Feature { return v.features }

// Dense returns how many columns come before the terms.
func (v *Vectorizer) Dense() int { return len(v.layout.features) }

// Catalog returns the vectorizer's catalog.
func (v *Vectorizer) Catalog() *Catalog { return v.catalog }

// TermOf returns the term of a column's name, if it is a term's.
func TermOf(name string) (string, bool) { return strings.CutPrefix(name, termPrefix) }

// Vector returns the document's row. A term counts once however often it is
// said, and all terms of a call weigh together as much as the square root of
// their number: long calls must not drown their tactics.
func (v *Vectorizer) Vector(d *Document) Vector {
	row := v.dense(d)
	if len(v.terms) == 0 {
		return row
	}
	var cols []int32
	seen := map[int32]bool{}
	for i := range d.Words {
		eachTerm(d.Words[i], func(t []byte) {
			if col, ok := v.terms[string(t)]; ok && !seen[col] {
				seen[col] = true
				cols = append(cols, col)
			}
		})
	}
	slices.Sort(cols)
	return appendTerms(row, cols)
}

func termValue(n int) float64 { return 1 / math.Sqrt(float64(n)+termSmoothing) }

// termSmoothing keeps the few terms of a short call from counting fully each.
const termSmoothing = 9

// maxTermWord bounds the words of terms, in bytes.
const maxTermWord = 40

// eachTerm yields the turn's terms: words and pairs of neighbouring words,
// Han characters and pairs of them. Digits are never part of a term: they are
// somebody's. The slice is valid until the next call of yield.
func eachTerm(words []Word, yield func([]byte)) {
	var buf [96]byte
	prev := ""
	for i := range words {
		w := words[i].Norm
		if len(w) > maxTermWord || hasDigit(w) {
			prev = ""
			continue
		}
		yield(append(buf[:0], w...))
		if prev != "" && words[i].brk == noBreak {
			b := append(buf[:0], prev...)
			if !corpus.IsHan(firstRune(w)) || !corpus.IsHan(firstRune(prev)) {
				b = append(b, ' ')
			}
			yield(append(b, w...))
		}
		prev = w
	}
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// hasDigit reports whether s has a digit of any script.
func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
		if s[i] >= utf8.RuneSelf && !corpus.IsHan(firstRune(s[i:])) {
			return strings.IndexFunc(s[i:], unicode.IsDigit) >= 0
		}
	}
	return false
}

// CheckWeights refuses a weight whose sign its feature forbids.
func (v *Vectorizer) CheckWeights(weights []float64) error {
	for i, f := range v.features {
		if w := weights[i]; math.IsNaN(w) || math.IsInf(w, 0) || f.Sign == Raises && w < 0 || f.Sign == Lowers && w > 0 {
			return fmt.Errorf("feature %q has weight %v", f.Name, w)
		}
	}
	return nil
}

// Use says which of its tactic's features a piece of evidence feeds.
type Use uint8

// The uses.
const (
	UseNone Use = iota
	UseShown
	UseDenied
	UseRetold
)

// Use returns what the evidence is counted as.
func (e *Evidence) Use() Use {
	switch e.Polarity {
	case Asserted:
		return UseShown
	case Negated:
		if !e.Role.Owner() {
			return UseDenied
		}
	case Reported, Supposed:
		return UseRetold
	}
	return UseNone
}

// Feeds returns the tactic and use whose evidence a column counts.
func (v *Vectorizer) Feeds(column int) (tactic int, use Use, ok bool) {
	if column >= v.layout.script {
		return 0, UseNone, false
	}
	tactic = v.features[column].Tactic
	switch column - v.layout.slots[tactic].at {
	case slotDenied:
		return tactic, UseDenied, true
	case slotRetold:
		return tactic, UseRetold, true
	}
	return tactic, UseShown, true
}
