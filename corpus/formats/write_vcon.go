package formats

import (
	"crypto/sha256"
	"fmt"
	"regexp"

	"callscam/corpus"
)

type vconOut struct {
	VCon        string              `json:"vcon"`
	UUID        string              `json:"uuid"`
	CreatedAt   string              `json:"created_at"`
	Parties     []vconPartyOut      `json:"parties"`
	Dialog      []vconDialogOut     `json:"dialog"`
	Analysis    []struct{}          `json:"analysis"`
	Attachments []vconAttachmentOut `json:"attachments"`
}

type vconPartyOut struct {
	Name string `json:"name,omitempty"`
	Role string `json:"role,omitempty"`
}

type vconDialogOut struct {
	Type      string  `json:"type"`
	Start     string  `json:"start,omitempty"`
	Duration  decimal `json:"duration,omitempty"`
	Parties   []int   `json:"parties"`
	MediaType string  `json:"mediatype"`
	Encoding  string  `json:"encoding"`
	Body      string  `json:"body"`
}

type vconAttachmentOut struct {
	Type     string  `json:"type"`
	Purpose  string  `json:"purpose"`
	Encoding string  `json:"encoding"`
	Body     ownVCon `json:"body"`
}

// A transcript's times count from its beginning, and when that was is not
// known: dialogs are dated from the beginning of 1970, which the attachment
// says.
const vconZero = "1970-01-01T00:00:00Z"

// VCon returns the call as a vCon, in one line: a text dialog for each turn, a
// party for each speaker in each role, and an attachment of type
// callscam.call/1 for what the form has no place for. At is the time of
// writing, RFC 3339. A dialog whose time is not known has none, though the
// draft asks for it.
func VCon(ex *corpus.Example, at string) ([]byte, error) {
	people, of := speakers(ex)
	out := vconOut{
		VCon: "0.4.0", UUID: uuidOf(ex), CreatedAt: at, Parties: make([]vconPartyOut, len(people)),
		Dialog: make([]vconDialogOut, len(ex.Turns)), Analysis: []struct{}{},
	}
	own := ownVCon{annotations: annotationsOf(ex), Zero: vconZero, Ends: map[int]int64{}}
	for i, w := range people {
		out.Parties[i] = vconPartyOut{w.speaker, roleName(w.role)}
	}
	for i := range ex.Turns {
		t := &ex.Turns[i]
		d := vconDialogOut{Type: "text", Parties: []int{of[i]}, MediaType: "text/plain", Encoding: "none", Body: t.Text}
		if t.Start != corpus.NoTime {
			d.Start = instantText(t.Start)
		}
		switch {
		case t.End == corpus.NoTime:
		case t.Start != corpus.NoTime && t.End >= t.Start:
			d.Duration = decimalSeconds(t.End - t.Start)
		default:
			own.Ends[i+1] = t.End
		}
		out.Dialog[i] = d
	}
	out.Attachments = []vconAttachmentOut{{ownAttachment, ownAttachment, "json", own}}
	return encodeJSON(out)
}

var uuid = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)

// uuidOf returns the call's ID where it is a UUID, else one of version 8 (RFC
// 9562) made of a hash of the ID and what was said.
func uuidOf(ex *corpus.Example) string {
	if uuid.MatchString(ex.ID) {
		return ex.ID
	}
	sum := sha256.Sum256([]byte(ex.ID + "\x00" + joined(ex)))
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
