package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"callscam/corpus"
)

// vCon is described in the IETF draft draft-ietf-vcon-vcon-core. Versions
// 0.0.1 to 0.4.0 differ in names that are of no concern here, but for those
// of attachments (type, later purpose).
const vconName = "vcon"

func isVCon(head []byte) bool {
	doc, whole := root(head)
	parts := doc.get("parties").kind() == '[' && (doc.has("dialog") || doc.has("analysis") || !whole)
	signed := doc.get("payload").kind() == '"' && (doc.has("signatures") || doc.has("signature") || !whole)
	sealed := doc.get("ciphertext").kind() == '"' || !whole && doc.has("unprotected")
	return doc.get("vcon").kind() == '"' || parts || signed || sealed
}

// root returns the object that a file, or the list in it, begins with, and
// whether head holds the whole of it.
func root(head []byte) (doc outline, whole bool) {
	v := sniffed(head)
	if v.kind() == '[' {
		v = v.first()
	}
	return outlineOf(v), len(v) > 0 && v[len(v)-1] == '}'
}

func readVCon(src *source) iter.Seq2[corpus.Example, error] { return readValues(decodeVCon)(src) }

type vconFile struct {
	UUID        looseString `json:"uuid"`
	Parties     []vconParty `json:"parties"`
	Dialog      []vconPart  `json:"dialog"`
	Analysis    []vconPart  `json:"analysis"`
	Attachments []vconPart  `json:"attachments"`

	Payload    json.RawMessage `json:"payload"`
	Ciphertext json.RawMessage `json:"ciphertext"`
}

type vconParty struct {
	Name   softString `json:"name"`
	Tel    softString `json:"tel"`
	Mailto softString `json:"mailto"`
	SIP    softString `json:"sip"`
	Role   softString `json:"role"`
}

// vconPart is a dialog, an analysis or an attachment.
type vconPart struct {
	Type       softString `json:"type"`
	Purpose    softString `json:"purpose"`
	Start      softString `json:"start"`
	Duration   wtfTime    `json:"duration"`
	Parties    indices    `json:"parties"`
	Originator *int       `json:"originator"`
	Dialog     indices    `json:"dialog"`
	Vendor     softString `json:"vendor"`
	vconBody
}

// indices takes a number, or a list of numbers and lists of them.
type indices []int

// UnmarshalJSON takes what it understands and leaves the rest alone.
func (x *indices) UnmarshalJSON(data []byte) error {
	var one int
	if json.Unmarshal(data, &one) == nil {
		*x = append(*x, one)
		return nil
	}
	var many []indices
	if json.Unmarshal(data, &many) == nil {
		for _, m := range many {
			*x = append(*x, m...)
		}
	}
	return nil
}

// ownVCon is the attachment in which VCon keeps all that the form has no
// place for. Zero is the instant that times count from; Ends holds the end of
// turns, counted from 1, whose beginning is unknown.
type ownVCon struct {
	annotations
	Zero string        `json:"zero"`
	Ends map[int]int64 `json:"ends,omitempty"`
}

const ownAttachment = "callscam.call/1"

func decodeVCon(data []byte, path string) (corpus.Example, error) {
	var ex corpus.Example
	if err := checkBounds(data); err != nil {
		return ex, err
	}
	var f vconFile
	data = []byte(validText(&ex, string(data)))
	if err := json.Unmarshal(data, &f); err != nil {
		return ex, jsonError(err)
	}
	if f.Payload != nil && f.Parties == nil {
		return openSigned(f.Payload, ex.Warnings, path)
	}
	if f.Ciphertext != nil {
		return ex, errors.New("encrypted vCon: decrypt it first, no key is asked for here")
	}
	ex.Origin = data
	r := vconReader{file: &f, ex: &ex, path: path}
	if err := r.turns(); err != nil {
		return ex, err
	}
	if len(ex.Turns) == 0 {
		return ex, fmt.Errorf("no turns%s: want dialogs of type text, or a transcript in the analysis", r.because())
	}
	return ex, nil
}
