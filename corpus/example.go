package corpus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// NoHarm is the harm turn of a call in which nothing was given away.
const NoHarm = 0

// Example is a transcript with what is known about it. Group names the script
// or campaign it came from; calls of one group never stand on both sides of a
// split. Source names the data set. HarmTurn counts from 1 and is the last
// turn before the phone's owner installs, shares, reads a code out or pays, or
// NoHarm. Style and Remote describe the writing: they serve audits, never
// scoring. Origin is the document that the call was read from, in formats that
// results can be written back into, else nil.
type Example struct {
	Transcript
	Label    Label
	Source   string
	Group    string
	Pretext  string
	Style    string
	Region   string
	Remote   string
	HarmTurn int
	Notes    []TacticNote
	Origin   []byte
}

// TacticNote is a reader's note that a tactic is asserted in a turn (counted
// from 1) by the quoted words. Notes measure rules; they are never learned from.
type TacticNote struct {
	Tactic string // ID or name
	Turn   int
	Quote  string
}

// GroupKey returns the group, or, where none is given, a key of the call's own.
func (e *Example) GroupKey() string {
	if e.Group != "" {
		return e.Group
	}
	return "call:" + e.Source + "/" + e.ID
}

// Sort puts examples into an order that depends on their content alone, so
// that what is learned from them does not depend on the order of files.
func Sort(examples []Example) {
	keys := make(map[*Example]string, len(examples))
	ordered := make([]*Example, len(examples))
	for i := range examples {
		ordered[i] = &examples[i]
		keys[&examples[i]] = examples[i].digest()
	}
	slices.SortStableFunc(ordered, func(a, b *Example) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.GroupKey(), b.GroupKey()),
			cmp.Compare(a.ID, b.ID), cmp.Compare(keys[a], keys[b]))
	})
	sorted := make([]Example, len(examples))
	for i, e := range ordered {
		sorted[i] = *e
	}
	copy(examples, sorted)
}

// Digest returns a hex SHA-256 of the examples' labels, groups, speakers and
// text, in the order given.
func Digest(examples []Example) string {
	h := sha256.New()
	for i := range examples {
		fmt.Fprintln(h, examples[i].digest())
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (e *Example) digest() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00%s\x00%s\x00%s\x00%d\n", e.Label, e.Source, e.Group, e.Lang, e.HarmTurn)
	for i := range e.Turns {
		fmt.Fprintf(&b, "%s\x00%d\x00%s\n", e.Turns[i].Speaker, e.Turns[i].Role, e.Turns[i].Text)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// CheckLabelled returns an error that names the first calls without a label
// and says how to give one.
func CheckLabelled(examples []Example) error {
	var names []string
	missing := 0
	for i := range examples {
		if examples[i].Label == Unlabelled {
			missing++
			if len(names) < 3 {
				names = append(names, fmt.Sprintf("%s (%s)", examples[i].Path, examples[i].ID))
			}
		}
	}
	if missing == 0 {
		return nil
	}
	return fmt.Errorf("%d of %d calls have no label, first %s: put them into folders named scam and legit, or give each a label field or header",
		missing, len(examples), strings.Join(names, ", "))
}
