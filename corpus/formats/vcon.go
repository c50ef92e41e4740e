package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

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
	if err := checkDepth(data); err != nil {
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

// vconReader makes the call of one vCon.
type vconReader struct {
	file *vconFile
	ex   *corpus.Example
	path string
	own  *ownVCon
	zero int64 // ms since 1970, or corpus.NoTime
}

func (r *vconReader) turns() error {
	r.own = ownOf(r.file.Attachments)
	r.zero = r.beginning()
	scripts := r.transcripts()
	for i := range r.file.Dialog {
		if r.file.Dialog[i].Type == "text" {
			r.addText(i)
		} else if s, ok := scripts[i]; ok {
			r.addTranscript(s, i)
			delete(scripts, i)
		} else {
			r.missing(i)
		}
		if len(r.ex.Turns) > MaxTurns {
			return fmt.Errorf("more than %d turns", MaxTurns)
		}
	}
	for _, i := range sortedKeys(scripts) {
		if i < 0 || i >= len(r.file.Dialog) {
			r.addTranscript(scripts[i], i)
		}
	}
	if r.own == nil {
		r.ex.ID = string(r.file.UUID)
		byStart(r.ex.Turns)
		return nil
	}
	for turn, end := range r.own.Ends {
		if turn >= 1 && turn <= len(r.ex.Turns) && end >= 0 {
			r.ex.Turns[turn-1].End = end
		}
	}
	r.own.apply(r.ex)
	return nil
}

// ownOf returns the attachment that VCon wrote, or nil.
func ownOf(attachments []vconPart) *ownVCon {
	for i := range attachments {
		a := &attachments[i]
		if a.Type != ownAttachment && a.Purpose != ownAttachment {
			continue
		}
		var own ownVCon
		if data, err := a.bytes(); err == nil && json.Unmarshal(data, &own) == nil {
			return &own
		}
	}
	return nil
}

// beginning returns the instant that the turns' times count from: the start of
// the earliest dialog, if no other is stated.
func (r *vconReader) beginning() int64 {
	if r.own != nil {
		return millisOf(r.own.Zero)
	}
	first := corpus.NoTime
	for i := range r.file.Dialog {
		if at := millisOf(string(r.file.Dialog[i].Start)); at != corpus.NoTime && (first == corpus.NoTime || at < first) {
			first = at
		}
	}
	return first
}

// since returns an instant's distance from the call's beginning.
func (r *vconReader) since(at string) int64 {
	ms := millisOf(at)
	if ms == corpus.NoTime || r.zero == corpus.NoTime || ms < r.zero {
		return corpus.NoTime
	}
	return ms - r.zero
}

func (r *vconReader) addText(i int) {
	d := &r.file.Dialog[i]
	data, err := d.bytes()
	if err != nil {
		r.warn("dialog %d: %v", i, err)
		return
	}
	t := corpus.Turn{Text: validText(r.ex, string(data)), Start: r.since(string(d.Start)), End: corpus.NoTime}
	if t.Start != corpus.NoTime && d.Duration.known {
		t.End = t.Start + d.Duration.ms
	}
	if len(d.Parties) > 0 {
		t.Speaker, t.Role = r.party(d, d.Parties[0])
	}
	r.ex.Turns = append(r.ex.Turns, t)
}

// party returns the name and role of a dialog's party. Where no party states
// its role, the originator, which is the first party unless the dialog says
// otherwise, is the caller.
func (r *vconReader) party(d *vconPart, n int) (string, corpus.Role) {
	if n < 0 || n >= len(r.file.Parties) {
		return "", corpus.Unknown
	}
	p := &r.file.Parties[n]
	role := corpus.RoleOf(string(p.Role))
	if r.own != nil {
		return string(p.Name), role
	}
	name := string(p.Name)
	for _, other := range []softString{p.Tel, p.Mailto, p.SIP} {
		if name == "" {
			name = string(other)
		}
	}
	if name == "" {
		name = fmt.Sprintf("party %d", n)
	}
	if len(r.file.Parties) > 2 || slices.ContainsFunc(r.file.Parties, statesRole) {
		return name, role
	}
	return name, map[bool]corpus.Role{true: corpus.Caller, false: corpus.Callee}[n == r.originator(d)]
}

func statesRole(p vconParty) bool {
	return corpus.RoleOf(string(p.Role)) != corpus.Unknown || corpus.RoleOf(string(p.Name)) != corpus.Unknown
}

func (r *vconReader) originator(d *vconPart) int {
	// A text's sender stands first in its own parties, so that only what the
	// first dialog says tells who began.
	if d.Originator != nil {
		return *d.Originator
	}
	if len(r.file.Dialog) > 0 && r.file.Dialog[0].Originator != nil {
		return *r.file.Dialog[0].Originator
	}
	return 0
}

func (r *vconReader) missing(i int) {
	d := &r.file.Dialog[i]
	switch {
	case d.Type == "transfer" || d.Type == "incomplete":
	case d.URL != "":
		r.warn("dialog %d is at an external address, which is never fetched, and has no transcript", i)
	default:
		r.warn("dialog %d has no transcript", i)
	}
}

func (r *vconReader) warn(format string, args ...any) {
	r.ex.Warnings = append(r.ex.Warnings, fmt.Sprintf(format, args...))
}

// because returns the first warning, which tells why there are no turns.
func (r *vconReader) because() string {
	if len(r.ex.Warnings) == 0 {
		return ""
	}
	return " (" + strings.TrimSpace(r.ex.Warnings[0]) + ")"
}

// byStart orders turns by time, if the time of each is known.
func byStart(turns []corpus.Turn) {
	for i := range turns {
		if turns[i].Start == corpus.NoTime {
			return
		}
	}
	slices.SortStableFunc(turns, func(a, b corpus.Turn) int { return int(max(-1, min(1, a.Start-b.Start))) })
}
