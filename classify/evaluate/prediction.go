package evaluate

import (
	"errors"
	"fmt"
)

// Prediction is one labelled call's probability of being a scam, with what it
// can be grouped and sliced by. Turns and words count what was scored.
type Prediction struct {
	ID          string  `json:"id"`
	Path        string  `json:"path,omitempty"`
	Scam        bool    `json:"scam"`
	Probability float64 `json:"probability"`
	Flagged     bool    `json:"flagged"` // at the model's own threshold
	Verdict     string  `json:"verdict,omitempty"`
	Source      string  `json:"source,omitempty"`
	Group       string  `json:"group,omitempty"`
	Lang        string  `json:"lang,omitempty"`
	Pretext     string  `json:"pretext,omitempty"`
	Style       string  `json:"style,omitempty"`
	Turns       int     `json:"turns,omitempty"`
	// Tactics is the number of different scam tactics that the other party uses.
	Tactics int `json:"tactics,omitempty"`

	// Early is the probability after 10, 25, 50 and 100 % of the turns, each
	// rounded up to whole turns. Nil where it was not asked for.
	Early []float64 `json:"early,omitempty"`
	// AlarmTurn is the first turn, from 1, after which the call would have been
	// flagged, or 0; AlarmSeconds the time at which that turn ended, or nil
	// where the transcript has no times. HarmTurn is 0 where none is known.
	AlarmTurn    int      `json:"alarm_turn,omitempty"`
	AlarmSeconds *float64 `json:"alarm_seconds,omitempty"`
	HarmTurn     int      `json:"harm_turn,omitempty"`
	// Reasons are the weightiest pieces of evidence, without their words.
	Reasons []Reason `json:"reasons,omitempty"`
}

// Reason is a piece of evidence: its tactic, how it is meant, the turn, from 1,
// and its points.
type Reason struct {
	Tactic   string  `json:"tactic"`
	Polarity string  `json:"polarity"`
	Turn     int     `json:"turn"`
	Points   float64 `json:"points"`
}

// Check refuses predictions that no figure can be made of.
func Check(ps []Prediction) error {
	if len(ps) == 0 {
		return errors.New("no labelled calls")
	}
	for i := range ps {
		for _, p := range append([]float64{ps[i].Probability}, ps[i].Early...) {
			if !(p >= 0 && p <= 1) {
				return fmt.Errorf("call %q has probability %v: want 0 to 1", ps[i].ID, p)
			}
		}
	}
	return nil
}

// Count returns the number of scam and legitimate calls.
func Count(ps []Prediction) (scam, legit int) {
	for i := range ps {
		if ps[i].Scam {
			scam++
		} else {
			legit++
		}
	}
	return scam, legit
}
