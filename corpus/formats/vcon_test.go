package formats

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

func addFixtures(f *testing.F, format string) {
	f.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "fixtures", format, "*"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
}

// checkWritten checks the calls of a file, and that each survives being
// written in every form.
func checkWritten(t *testing.T, data, format string) []corpus.Example {
	t.Helper()
	checkRead(t, "f", data, format)
	var calls []corpus.Example
	for ex, err := range Read("f", strings.NewReader(data), format) {
		if err == nil {
			checkRoundTrip(t, ex)
			calls = append(calls, ex)
		}
	}
	return calls
}

// addResult adds an analysis to a vCon as score does.
func addResult(vcon []byte) ([]byte, error) {
	return AddAnalysis(vcon, writtenAt, func(n int) any { return map[string]any{"type": "report", "dialogs": n} })
}

func FuzzVCon(f *testing.F) {
	addFixtures(f, "vcon")
	f.Fuzz(func(t *testing.T, data string) {
		for _, ex := range checkWritten(t, data, "vcon") {
			added, err := addResult(ex.Origin)
			if err != nil {
				continue // a field twice, or an analysis that is no list
			}
			again := checkWritten(t, string(added), "vcon")
			if len(again) != 1 {
				t.Fatalf("%d calls in %s", len(again), added)
			}
			if diff := cmp.Diff(ex.Turns, again[0].Turns); diff != "" {
				t.Error(diff)
			}
		}
	})
}

func FuzzWTF(f *testing.F) {
	addFixtures(f, "wtf")
	f.Fuzz(func(t *testing.T, data string) { checkWritten(t, data, "wtf") })
}

func TestAddAnalysis(t *testing.T) {
	tests := []struct{ name, vcon, want string }{
		{"none", `{"dialog":[1,2]}`, `{"dialog":[1,2],"analysis":[{"dialogs":2,"type":"report"}],"updated_at":"` + writtenAt + `"}`},
		{"empty", `{ "analysis" : [ ] , "x":1.50}`, `{"analysis":[{"dialogs":0,"type":"report"}],"x":1.50,"updated_at":"` + writtenAt + `"}`},
		{"null", `{"analysis":null}`, `{"analysis":[{"dialogs":0,"type":"report"}],"updated_at":"` + writtenAt + `"}`},
		{"kept", `{"z":{"b":1,"a":[]},"updated_at":"old","analysis":[{"type":"summary","odd":"\u00e9<"}],"a":1e400}`,
			`{"z":{"b":1,"a":[]},"analysis":[{"type":"summary","odd":"\u00e9<"},{"dialogs":0,"type":"report"}],"a":1e400,"updated_at":"` + writtenAt + `"}`},
	}
	for _, tt := range tests {
		got, err := addResult([]byte(tt.vcon))
		if err != nil || string(got) != tt.want+"\n" {
			t.Errorf("%s: got %s, error %v, want %s", tt.name, got, err, tt.want)
		}
	}
	for _, bad := range []string{`{"analysis":{}}`, `{"analysis":[],"analysis":[]}`, `[]`, `{`} {
		if got, err := addResult([]byte(bad)); err == nil {
			t.Errorf("%s: got %s, want an error", bad, got)
		}
	}
}

// What VCon and the WTF writer give must be what the drafts call for, as far
// as it is known.
func TestWrittenForms(t *testing.T) {
	ex := corpus.Example{Transcript: corpus.Transcript{ID: "0195544a-1111-8222-8333-444455556666", Lang: "en", Turns: []corpus.Turn{
		timed("caller", "hi", 1500, 2250), timed("Bob", "yes", 3000, corpus.NoTime), said("caller", "ok")}}}
	data, err := VCon(&ex, writtenAt)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"vcon":"0.4.0","uuid":"0195544a-1111-8222-8333-444455556666","created_at":"2026-03-04T05:06:07Z",` +
		`"parties":[{"name":"caller","role":"caller"},{"name":"Bob"}],"dialog":[` +
		`{"type":"text","start":"1970-01-01T00:00:01.500Z","duration":0.750,"parties":[0],"mediatype":"text/plain","encoding":"none","body":"hi"},` +
		`{"type":"text","start":"1970-01-01T00:00:03.000Z","parties":[1],"mediatype":"text/plain","encoding":"none","body":"yes"},` +
		`{"type":"text","parties":[0],"mediatype":"text/plain","encoding":"none","body":"ok"}],"analysis":[],"attachments":[` +
		`{"type":"callscam.call/1","purpose":"callscam.call/1","encoding":"json","body":{"id":"0195544a-1111-8222-8333-444455556666","lang":"en","zero":"1970-01-01T00:00:00Z"}}]}` + "\n"
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Error(diff)
	}
	if data, err = writeWTF(&ex, writtenAt); err != nil {
		t.Fatal(err)
	}
	want = `{"transcript":{"text":"hi\nyes\nok","language":"en","duration":3.000},"segments":[{"id":0,"start":1.500,"end":2.250,"text":"hi","speaker":0},` +
		`{"id":1,"start":3.000,"text":"yes","speaker":1},{"id":2,"text":"ok","speaker":0}],` +
		`"metadata":{"created_at":"2026-03-04T05:06:07Z","processed_at":"2026-03-04T05:06:07Z","provider":"callscam","model":"unknown"},` +
		`"speakers":{"0":{"id":0,"label":"caller","segments":[0,2]},"1":{"id":1,"label":"Bob","segments":[1]}},` +
		`"extensions":{"callscam":{"id":"0195544a-1111-8222-8333-444455556666","lang":"en","roles":["caller",""]}}}` + "\n"
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Error(diff)
	}
	var valid any
	if err := json.Unmarshal(bytes.TrimSpace(data), &valid); err != nil {
		t.Error(err)
	}
}

func TestVConLimits(t *testing.T) {
	deep := `{"vcon":"1","parties":` + strings.Repeat("[", MaxDepth+1)
	for _, tt := range []struct{ data, want string }{
		{deep + strings.Repeat("]", MaxDepth+1) + "}", "v.json: JSON nested more than 200 levels deep, which is the limit"},
		{`{"vcon":"1","uuid":"` + strings.Repeat("x", MaxCallBytes) + `"}`, "v.json: larger than the limit of 32 MiB a call"},
		{`{"vcon":"1","parties":[],"dialog":[{"type":"text"`, "v.json: broken JSON"},
		{`{"vcon":"1","parties":7,"dialog":[]}`, `v.json: field "parties" holds a JSON number`},
	} {
		calls, errs := read(t, "v.json", tt.data)
		if len(calls) != 0 || len(errs) != 1 || !strings.HasPrefix(errs[0], tt.want) {
			t.Errorf("%.60s…: %d calls, errors %q, want %q", tt.data, len(calls), errs, tt.want)
		}
	}
}

func TestInstantText(t *testing.T) {
	for ms, want := range map[int64]string{0: "1970-01-01T00:00:00.000Z", 951_782_400_000: "2000-02-29T00:00:00.000Z",
		1_740_787_199_999: "2025-02-28T23:59:59.999Z", 1_735_689_599_001: "2024-12-31T23:59:59.001Z"} {
		if got := instantText(ms); got != want {
			t.Errorf("%d: %s, want %s", ms, got, want)
		}
	}
	for ms := int64(1); ms < 1e14; ms = ms*5/3 + 7 {
		if got := millisOf(instantText(ms)); got != ms {
			t.Errorf("%d becomes %s, and that %d", ms, instantText(ms), got)
		}
	}
	for _, bad := range []string{"", "yesterday", "1969-12-31T23:59:59Z", "2025-01-01"} {
		if got := millisOf(bad); got != corpus.NoTime {
			t.Errorf("%q: %d, want no time", bad, got)
		}
	}
}
