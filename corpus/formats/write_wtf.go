package formats

import (
	"fmt"
	"strconv"

	"callscam/corpus"
)

type wtfOut struct {
	Transcript wtfTranscript         `json:"transcript"`
	Segments   []wtfSegment          `json:"segments"`
	Metadata   wtfMetadata           `json:"metadata"`
	Speakers   map[string]wtfSpeaker `json:"speakers"`
	Extensions map[string]ownWTF     `json:"extensions"`
}

type wtfTranscript struct {
	Text     string  `json:"text"`
	Language string  `json:"language"`
	Duration decimal `json:"duration,omitempty"`
}

type wtfSegment struct {
	ID      int     `json:"id"`
	Start   decimal `json:"start,omitempty"`
	End     decimal `json:"end,omitempty"`
	Text    string  `json:"text"`
	Speaker int     `json:"speaker"`
}

type wtfMetadata struct {
	CreatedAt   string `json:"created_at"`
	ProcessedAt string `json:"processed_at"`
	Provider    string `json:"provider"`
	Model       string `json:"model"`
}

type wtfSpeaker struct {
	ID       int    `json:"id"`
	Label    string `json:"label"`
	Segments []int  `json:"segments"`
}

// decimal is a number written out, or nothing.
type decimal string

// MarshalJSON returns the number as it is.
func (d decimal) MarshalJSON() ([]byte, error) { return []byte(d), nil }

// decimalSeconds returns milliseconds as seconds, exactly, or nothing for NoTime.
func decimalSeconds(ms int64) decimal {
	if ms == corpus.NoTime {
		return ""
	}
	return decimal(fmt.Sprintf("%d.%03d", ms/1000, ms%1000))
}

// writeWTF returns the call in the World Transcription Format, in one line.
// Times and confidences that are unknown are left out rather than made up,
// though the draft asks for them.
func writeWTF(ex *corpus.Example, at string) ([]byte, error) {
	people, of := speakers(ex)
	out := wtfOut{
		Transcript: wtfTranscript{Text: joined(ex), Language: ex.Language()},
		Segments:   make([]wtfSegment, len(ex.Turns)),
		Metadata:   wtfMetadata{CreatedAt: at, ProcessedAt: at, Provider: "callscam", Model: "unknown"},
		Speakers:   map[string]wtfSpeaker{},
	}
	own := ownWTF{annotations: annotationsOf(ex)}
	members := make([][]int, len(people))
	last := corpus.NoTime
	for i := range ex.Turns {
		t := &ex.Turns[i]
		out.Segments[i] = wtfSegment{i, decimalSeconds(t.Start), decimalSeconds(t.End), t.Text, of[i]}
		members[of[i]] = append(members[of[i]], i)
		last = max(last, t.Start, t.End)
	}
	for n, w := range people {
		out.Speakers[strconv.Itoa(n)] = wtfSpeaker{n, w.speaker, members[n]}
		own.Roles = append(own.Roles, roleName(w.role))
	}
	out.Transcript.Duration = decimalSeconds(last)
	out.Extensions = map[string]ownWTF{"callscam": own}
	return encodeJSON(out)
}
