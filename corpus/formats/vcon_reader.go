package formats

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"callscam/corpus"
)

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
