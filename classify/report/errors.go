package report

import (
	"bytes"
	"encoding/json"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/corpus"
)

// wrongCall is a wrong call with what was wrong about it. Its first fields and
// its turns are those of a JSONL transcript, so it can be scored and explained
// again.
type wrongCall struct {
	ID          string            `json:"id"`
	Lang        string            `json:"lang,omitempty"`
	Label       string            `json:"label"`
	Source      string            `json:"source,omitempty"`
	Group       string            `json:"group,omitempty"`
	Path        string            `json:"path,omitempty"`
	Mistake     string            `json:"mistake"` // "missed scam" or "false alarm"
	Probability float64           `json:"probability"`
	Reasons     []evaluate.Reason `json:"reasons"`
	Turns       []wrongTurn       `json:"turns"`
}

type wrongTurn struct {
	Speaker string `json:"speaker,omitempty"`
	Text    string `json:"text"`
	Start   *int64 `json:"start_ms,omitempty"`
	End     *int64 `json:"end_ms,omitempty"`
}

// Mistakes returns the wrong calls as JSONL, in the order of the predictions,
// which is that of the examples. With redact their words are masked as Redact
// does.
func Mistakes(ps []evaluate.Prediction, examples []corpus.Example, redact bool) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	for i := range ps {
		if ps[i].Scam == ps[i].Flagged {
			continue
		}
		e := &examples[i]
		if redact {
			e, _ = Redacted(e, &classify.Result{})
		}
		if err := enc.Encode(mistake(&ps[i], e)); err != nil {
			return nil, err
		}
	}
	return escapedJSON(buf.Bytes()), nil
}

func mistake(p *evaluate.Prediction, e *corpus.Example) wrongCall {
	c := wrongCall{ID: e.ID, Lang: e.Lang, Label: e.Label.String(), Source: e.Source, Group: e.Group, Path: e.Path,
		Mistake: "false alarm", Probability: p.Probability, Reasons: p.Reasons}
	if p.Scam {
		c.Mistake = "missed scam"
	}
	if c.Reasons == nil {
		c.Reasons = []evaluate.Reason{}
	}
	for _, t := range e.Turns {
		c.Turns = append(c.Turns, wrongTurn{t.Speaker, t.Text, known(t.Start), known(t.End)})
	}
	return c
}

func known(ms int64) *int64 {
	if ms == corpus.NoTime {
		return nil
	}
	return &ms
}
