package formats

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"

	"callscam/corpus"
)

// The World Transcription Format is described in the IETF draft
// draft-howe-vcon-wtf-extension; vCons carry it in their analysis.

func isWTF(head []byte) bool {
	doc, whole := root(head)
	return doc.get("transcript").kind() == '{' && (doc.has("segments") || !whole && !doc.has("results"))
}

func readWTF(src *source) iter.Seq2[corpus.Example, error] { return readValues(decodeWTF)(src) }

type wtfFile struct {
	Transcript struct {
		Text     softString `json:"text"`
		Language softString `json:"language"`
	} `json:"transcript"`
	Segments   []wtfPiece      `json:"segments"`
	Words      []wtfPiece      `json:"words"`
	Speakers   json.RawMessage `json:"speakers"`
	Extensions json.RawMessage `json:"extensions"`
}

// wtfPiece is a segment, or a word.
type wtfPiece struct {
	Start       wtfTime     `json:"start"`
	End         wtfTime     `json:"end"`
	Text        string      `json:"text"`
	Speaker     looseString `json:"speaker"`
	Punctuation bool        `json:"is_punctuation"`
}

// wtfTime is a time in seconds, as a number or a number in a string. Known
// tells it from a missing one.
type wtfTime struct {
	ms    int64
	known bool
}

// UnmarshalJSON takes a number or a string that holds one; what is not a time
// is unknown.
func (s *wtfTime) UnmarshalJSON(data []byte) error {
	x, err := strconv.ParseFloat(strings.Trim(string(data), `" `), 64)
	if err == nil && x >= 0 && x < 1e12 {
		*s = wtfTime{int64(math.Round(x * 1000)), true}
	}
	return nil
}

// millis returns the time in milliseconds, or corpus.NoTime.
func (s wtfTime) millis() int64 {
	if !s.known {
		return corpus.NoTime
	}
	return s.ms
}

// ownWTF is what writeWTF keeps under extensions.callscam: all that the form
// has no place for. Roles are by number of the speaker.
type ownWTF struct {
	annotations
	Roles []string `json:"roles,omitempty"`
}

func decodeWTF(data []byte, _ string) (corpus.Example, error) {
	var ex corpus.Example
	var f wtfFile
	if err := checkBounds(data); err != nil {
		return ex, err
	}
	if err := json.Unmarshal([]byte(validText(&ex, string(data))), &f); err != nil {
		return ex, jsonError(err)
	}
	var extensions struct {
		Own *ownWTF `json:"callscam"`
	}
	// Extensions are anybody's: what is not ours is left alone.
	if json.Unmarshal(f.Extensions, &extensions) != nil {
		extensions.Own = nil
	}
	names := wtfSpeakers(f.Speakers)
	pieces := f.Segments
	switch {
	case len(pieces) == 0 && len(f.Words) > 0:
		pieces = joinWords(f.Words)
		ex.Warnings = append(ex.Warnings, "no segments: turns were made of the words")
	case len(pieces) == 0 && f.Transcript.Text != "":
		pieces = []wtfPiece{{Text: string(f.Transcript.Text)}}
		ex.Warnings = append(ex.Warnings, "no segments: the whole transcript is one turn")
	case len(pieces) == 0:
		return ex, errors.New("no turns: want segments with text")
	case len(pieces) > MaxTurns:
		return ex, fmt.Errorf("%d segments: the limit is %d", len(pieces), MaxTurns)
	}
	ex.Turns = make([]corpus.Turn, len(pieces))
	for i, p := range pieces {
		ex.Turns[i] = corpus.Turn{Speaker: string(p.Speaker), Text: p.Text, Start: p.Start.millis(), End: p.End.millis()}
		if name, ok := names[string(p.Speaker)]; ok {
			ex.Turns[i].Speaker = name
		}
		if own := extensions.Own; own != nil {
			if n, err := strconv.Atoi(string(p.Speaker)); err == nil && n >= 0 && n < len(own.Roles) {
				ex.Turns[i].Role = corpus.RoleOf(own.Roles[n])
			}
		} else {
			ex.Turns[i].Text = strings.TrimSpace(p.Text)
		}
	}
	ex.Lang = languageOf(string(f.Transcript.Language))
	if extensions.Own != nil {
		extensions.Own.apply(&ex)
	}
	return ex, nil
}

// wtfSpeakers returns the labels by key: of an object of speakers, or a list.
func wtfSpeakers(data json.RawMessage) map[string]string {
	type speaker struct {
		ID    looseString `json:"id"`
		Label *string     `json:"label"`
	}
	names := map[string]string{}
	var byKey map[string]speaker
	var list []speaker
	if json.Unmarshal(data, &byKey) == nil {
		for key, s := range byKey {
			if s.Label != nil {
				names[key] = *s.Label
			}
		}
	} else if json.Unmarshal(data, &list) == nil {
		for _, s := range list {
			if s.Label != nil {
				names[string(s.ID)] = *s.Label
			}
		}
	}
	return names
}

// joinWords makes a piece of each run of one speaker's words.
func joinWords(words []wtfPiece) []wtfPiece {
	var out []wtfPiece
	var text strings.Builder
	for i, w := range words {
		if i == 0 || words[i-1].Speaker != w.Speaker {
			out = append(out, w)
			text.Reset()
		} else if !w.Punctuation {
			text.WriteByte(' ')
		}
		text.WriteString(w.Text)
		last := &out[len(out)-1]
		if w.End.known {
			last.End = w.End
		}
		if i+1 == len(words) || words[i+1].Speaker != w.Speaker {
			last.Text = text.String()
		}
	}
	return out
}
