package formats

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"callscam/corpus"
)

// transcripts returns, by dialog, the transcripts of the analysis, of which a
// WTF one is preferred. One that names no dialog is the first's.
func (r *vconReader) transcripts() map[int]*vconPart {
	found := map[int]*vconPart{}
	for i := range r.file.Analysis {
		a := &r.file.Analysis[i]
		kind := strings.ToLower(string(a.Type))
		if kind != "transcript" && kind != "transcription" && kind != wtfAnalysis {
			continue
		}
		dialog := 0
		if len(a.Dialog) > 0 {
			dialog = a.Dialog[0]
		}
		other := found[dialog]
		switch {
		case other == nil:
		case kind != wtfAnalysis || strings.ToLower(string(other.Type)) == wtfAnalysis:
			r.warn("dialog %d has several transcripts: analysis %d was left out", dialog, i)
			continue
		default:
			r.warn("dialog %d has several transcripts: the one in WTF was read", dialog)
		}
		found[dialog] = a
	}
	return found
}

const wtfAnalysis = "wtf_transcription"

func sortedKeys(m map[int]*vconPart) []int { return slices.Sorted(maps.Keys(m)) }

// addTranscript adds the turns of an analysis, whatever format its body is in.
func (r *vconReader) addTranscript(a *vconPart, dialog int) {
	data, err := a.bytes()
	var inner corpus.Example
	if err == nil {
		inner, err = readInner(data, r.path)
	}
	if err != nil {
		r.warn("transcript of dialog %d: %v", dialog, err)
		return
	}
	shift, known := int64(0), len(r.ex.Turns) == 0
	var d *vconPart
	if dialog >= 0 && dialog < len(r.file.Dialog) {
		d = &r.file.Dialog[dialog]
		if since := r.since(string(d.Start)); since != corpus.NoTime {
			shift, known = since, true
		}
	}
	for _, t := range inner.Turns {
		t.Start, t.End = shifted(t.Start, shift, known), shifted(t.End, shift, known)
		if t.Role == corpus.Unknown {
			t.Role = r.roleByName(d, t.Speaker)
		}
		r.ex.Turns = append(r.ex.Turns, t)
	}
	if r.ex.Lang == "" {
		r.ex.Lang = inner.Lang
	}
	r.ex.Warnings = append(r.ex.Warnings, inner.Warnings...)
}

func shifted(ms, by int64, known bool) int64 {
	if ms == corpus.NoTime || !known {
		return corpus.NoTime
	}
	return ms + by
}

// roleByName returns the role of the party that a transcript's speaker is
// named after.
func (r *vconReader) roleByName(d *vconPart, name string) corpus.Role {
	for n := range r.file.Parties {
		if d != nil && name != "" && strings.EqualFold(string(r.file.Parties[n].Name), name) {
			_, role := r.party(d, n)
			return role
		}
	}
	return corpus.Unknown
}

// readInner reads the call in a transcript's body.
func readInner(data []byte, path string) (corpus.Example, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return corpus.Example{}, errors.New("nothing in it")
	}
	format, note, err := choose(data[:min(len(data), sniffBytes)], "", "auto")
	if err != nil {
		return corpus.Example{}, err
	}
	if format.Name == vconName {
		return corpus.Example{}, errors.New("a vCon inside a vCon is not read")
	}
	src := &source{path: path, br: bufio.NewReaderSize(bytes.NewReader(data), sniffBytes)}
	for ex, err := range format.read(src) {
		var own *Error
		if errors.As(err, &own) {
			err = own.Err
		}
		if err != nil {
			return ex, fmt.Errorf("read as %s: %w", format.Name, err)
		}
		if note != "" {
			ex.Warnings = append(ex.Warnings, note)
		}
		return ex, nil
	}
	return corpus.Example{}, errors.New("holds no call")
}
