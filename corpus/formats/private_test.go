package formats

import (
	"encoding/json"
	"strings"
	"testing"
)

// What is said in a call, and what stands where a label or a note should, is in
// no error and no warning, however a file is broken and however it is read.
func TestErrorsDoNotQuote(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	const secret = "zebrafish"
	whole := []string{
		`{"id":"x","label":"SECRET","lang":"en","harm_turn":"SECRET","turns":[{"speaker":"caller","text":"SECRET","start_ms":"SECRET"}]}`,
		`{"id":"x","label":"SECRET","turns":[{"speaker":"caller","text":"SECRET","start_ms":1,"end_ms":2},{"text":["SECRET"]}]}`,
		"[{\"turns\":[{\"text\":\"SECRET\"}]},\n{\"turns\":\"SECRET\"}]",
		"# harm-turn: SECRET\n# lang: en\n\ncaller: SECRET",
		"# label: SECRET\n\ncaller: SECRET",
		"# tactic: SECRET\n\ncaller: SECRET",
		"# tactic: T10 turn=99999999999999999999 \"SECRET\"\n\ncaller: SECRET",
		"1\n00:00:01,000 --> 00:00:0SECRET\nSECRET: SECRET\n",
		"WEBVTT\n\n00:01.000 --> SECRET\n<v SECRET>SECRET</v>\n",
		"id,speaker,text\n1,\"SECRET,SECRET\n",
	}
	told := 0
	for _, w := range whole {
		w = strings.ReplaceAll(w, "SECRET", secret)
		for _, broken := range breakages(w) {
			for _, format := range append(Names(), "auto") {
				for ex, err := range Read("f", strings.NewReader(broken), format) {
					said := strings.Join(ex.Warnings, "; ")
					if err != nil {
						said = err.Error()
						told++
					}
					if strings.Contains(said, secret[:5]) || strings.Contains(said, secret[4:]) {
						t.Errorf("read as %s, %q is told of as %q", format, broken, said)
					}
				}
			}
		}
	}
	if told < 100 {
		t.Errorf("%d errors are too few for the test to mean something", told)
	}
}

// breakages returns the text whole, cut off at every place, and with each byte
// in turn replaced by others that matter.
func breakages(s string) []string {
	out := []string{s}
	for i := range len(s) {
		out = append(out, s[:i], s[:i]+"\""+s[i+1:], s[:i]+"\n"+s[i+1:], s[:i]+"{"+s[i+1:], s[:i]+"\xff"+s[i+1:])
	}
	if quoted, err := json.Marshal(s); err == nil {
		out = append(out, `{"turns":`+string(quoted)+`}`)
	}
	return out
}
