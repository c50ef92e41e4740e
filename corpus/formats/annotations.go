package formats

import (
	"encoding/json"

	"callscam/corpus"
)

// annotations are what is known about a call beside its turns. Every JSON form
// that is written carries them under these names.
type annotations struct {
	ID       looseString `json:"id,omitempty"`
	Lang     looseString `json:"lang,omitempty"`
	Label    looseString `json:"label,omitempty"`
	Source   looseString `json:"source,omitempty"`
	Group    looseString `json:"group,omitempty"`
	Pretext  looseString `json:"pretext,omitempty"`
	Style    softString  `json:"style,omitempty"`
	Region   softString  `json:"region,omitempty"`
	Remote   softString  `json:"remote,omitempty"`
	HarmTurn int         `json:"harm_turn,omitempty"`
	Notes    noteList    `json:"notes,omitempty"`
	Warnings stringList  `json:"warnings,omitempty"`
}

type noteJSON struct {
	Tactic string `json:"tactic"`
	Turn   int    `json:"turn"`
	Quote  string `json:"quote"`
}

// The soft types take what they understand and leave the rest alone: other
// people's files use the same keys for other things.
type (
	softString string
	noteList   []noteJSON
	stringList []string
)

// UnmarshalJSON takes a string and ignores all else.
func (s *softString) UnmarshalJSON(data []byte) error {
	var v string
	if json.Unmarshal(data, &v) == nil {
		*s = softString(v)
	}
	return nil
}

// UnmarshalJSON takes a list of strings and ignores all else.
func (l *stringList) UnmarshalJSON(data []byte) error {
	var v []string
	if json.Unmarshal(data, &v) == nil {
		*l = v
	}
	return nil
}

// UnmarshalJSON takes the notes of a list that have all their parts.
func (l *noteList) UnmarshalJSON(data []byte) error {
	var all []noteJSON
	if json.Unmarshal(data, &all) != nil {
		return nil
	}
	for _, n := range all {
		if n.Tactic != "" && n.Turn > 0 && n.Quote != "" {
			*l = append(*l, n)
		}
	}
	return nil
}

func annotationsOf(ex *corpus.Example) annotations {
	a := annotations{
		ID: looseString(ex.ID), Lang: looseString(ex.Lang), Label: looseString(ex.Label.String()),
		Source: looseString(ex.Source), Group: looseString(ex.Group), Pretext: looseString(ex.Pretext),
		Style: softString(ex.Style), Region: softString(ex.Region), Remote: softString(ex.Remote),
		HarmTurn: max(0, ex.HarmTurn), Warnings: ex.Warnings,
	}
	for _, n := range ex.Notes {
		a.Notes = append(a.Notes, noteJSON{n.Tactic, n.Turn, n.Quote})
	}
	return a
}

// maxWarnings is how many warnings a call keeps.
const maxWarnings = 1000

// unrepeated keeps the first of equal warnings: a call that was written with
// its warnings gets some of them again when it is read.
func unrepeated(warnings []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range warnings {
		if seen[w] {
			continue
		}
		if len(out) == maxWarnings-1 {
			return append(out, "more warnings than a call keeps")
		}
		seen[w] = true
		out = append(out, w)
	}
	return out
}

// apply stores the annotations in the call. A label that is not understood
// becomes a warning, since scoring does not need it.
func (a *annotations) apply(ex *corpus.Example) {
	ex.ID, ex.Lang = string(a.ID), string(a.Lang)
	ex.Source, ex.Group, ex.Pretext = string(a.Source), string(a.Group), string(a.Pretext)
	ex.Style, ex.Region, ex.Remote = string(a.Style), string(a.Region), string(a.Remote)
	ex.HarmTurn = max(0, a.HarmTurn)
	ex.Warnings = append(ex.Warnings, a.Warnings...)
	for _, n := range a.Notes {
		ex.Notes = append(ex.Notes, corpus.TacticNote{Tactic: n.Tactic, Turn: n.Turn, Quote: n.Quote})
	}
	label, err := corpus.ParseLabel(string(a.Label))
	if err != nil {
		ex.Warnings = append(ex.Warnings, err.Error())
	}
	ex.Label = label
}
