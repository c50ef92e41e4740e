package formats

import "callscam/corpus"

// writtenTurn is a turn in the order of keys in which people read it.
type writtenTurn struct {
	Speaker string `json:"speaker,omitempty"`
	Role    string `json:"role,omitempty"`
	Text    string `json:"text"`
	StartMS *int64 `json:"start_ms,omitempty"`
	EndMS   *int64 `json:"end_ms,omitempty"`
}

// writeJSONL returns the call as one line of JSONL.
func writeJSONL(ex *corpus.Example, _ string) ([]byte, error) {
	out := struct {
		annotations
		Turns []writtenTurn `json:"turns"`
	}{annotationsOf(ex), make([]writtenTurn, len(ex.Turns))}
	for i := range ex.Turns {
		t := &ex.Turns[i]
		out.Turns[i] = writtenTurn{Speaker: t.Speaker, Text: t.Text, StartMS: known(t.Start), EndMS: known(t.End)}
		if t.Role != corpus.RoleOf(t.Speaker) {
			out.Turns[i].Role = roleName(t.Role)
		}
	}
	return encodeJSON(out)
}

// known returns nil for a time that the transcript does not give.
func known(ms int64) *int64 {
	if ms == corpus.NoTime {
		return nil
	}
	return &ms
}
