package formats

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const whisperZH = `{"text": "您好，这里是银行客服中心。请您核对一下身份信息。", "segments": [
 {"id": 0, "start": 0.0, "end": 2.5, "text": "您好，这里是银行客服中心。", "avg_logprob": -0.2},
 {"id": 1, "start": 2.5, "end": 4.0, "text": "请您核对一下身份信息。", "avg_logprob": -0.2}], "language": "zh"}`

var whisperZHTurns = []string{"@0 /unknown: 您好，这里是银行客服中心。", "@2500 /unknown: 请您核对一下身份信息。"}

func TestDocumentInAnyDress(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(whisperZH)
	if err != nil {
		t.Fatal(err)
	}
	oneLine := strings.ReplaceAll(whisperZH, "\n", "")
	commented := strings.Replace(whisperZH, "[", "[ // one a line\n /* so */", 1)
	tests := []struct{ name, path, data, id, warning string }{
		{"plain", "c.json", whisperZH, "c", ""},
		{"mark", "c.json", "\xef\xbb\xbf" + whisperZH, "c", ""},
		{"crlf", "c.json", strings.ReplaceAll(whisperZH, "\n", "\r\n"), "c", ""},
		{"blank lines around", "c.json", "\n\n" + whisperZH + "\n\n", "c", ""},
		{"one line", "c.json", oneLine + "\n \n", "c", ""},
		{"list of one", "c.json", "[" + whisperZH + "]", "c", ""},
		{"gb18030", "c.json", gb, "c", "the file is not UTF-8: read as GB18030"},
		{"gzip", "c.json.gz", gzipped(t, whisperZH), "c", ""},
		{"comments", "c.json", commented, "c", warnLenient},
		{"comma at the end", "c.json", strings.Replace(whisperZH, `"zh"}`, `"zh",}`, 1), "c", warnLenient},
		{"long text first", "c.json", strings.Replace(oneLine, `"text": "`, `"text": "`+strings.Repeat("嗯", sniffBytes), 1), "c", ""},
		{"10 MB on one line", "c.json", strings.Replace(oneLine, `"id": 0`, `"tokens": [`+strings.Repeat("1,", 5<<20)+`1]`, 1), "c", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, tt.path, tt.data)
			if len(calls) != 1 || len(errs) > 0 {
				t.Fatalf("%d calls, errors %q", len(calls), errs)
			}
			if diff := cmp.Diff(whisperZHTurns, told(calls[0])); diff != "" {
				t.Error(diff)
			}
			if calls[0].ID != tt.id || calls[0].Lang != "zh" {
				t.Errorf("id %q, language %q", calls[0].ID, calls[0].Lang)
			}
			if got := strings.Join(calls[0].Warnings, "; "); got != tt.warning {
				t.Errorf("warning %q, want %q", got, tt.warning)
			}
		})
	}
}

// TestSeveralDocuments reads every fixture twice over, on lines and in a list.
func TestSeveralDocuments(t *testing.T) {
	for _, path := range documentFixtures(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		doc, _, err := parseDocument(data)
		if err != nil || doc.kind() != '{' || len(bytes.TrimSpace(data)) != len(doc) || checkJSON(doc, false) != nil {
			continue
		}
		alone, errs := read(t, "x.json", string(data))
		if len(errs) > 0 {
			continue
		}
		line := strings.ReplaceAll(string(doc), "\n", " ")
		for _, both := range []string{line + "\n\n" + line + "\n", "[" + line + ",\n" + line + "]"} {
			calls, errs := read(t, "x.json", both)
			if len(errs) > 0 || len(calls) != 2*len(alone) {
				t.Errorf("%s: %d calls, errors %q", path, len(calls), errs)
				continue
			}
			for i := range calls {
				if diff := cmp.Diff(alone[i%len(alone)].Turns, calls[i].Turns); diff != "" {
					t.Errorf("%s: %s", path, diff)
				}
			}
		}
	}
}

func documentFixtures(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, s := range shapes() {
		paths, err := filepath.Glob(filepath.Join("testdata", "fixtures", s.name, "*.json*"))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, path := range paths {
			if !strings.HasSuffix(path, ".golden") {
				out = append(out, path)
				n++
			}
		}
		if n == 0 {
			t.Errorf("%s has no fixture", s.name)
		}
	}
	return out
}

// TestCutAnywhere reads every fixture cut off at many places: it is refused or
// read, and nothing else happens.
func TestCutAnywhere(t *testing.T) {
	for _, path := range documentFixtures(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n := 0; n < len(data); n += 17 {
			for ex, err := range Read("x.json", bytes.NewReader(data[:n]), "auto") {
				if err == nil && len(ex.Turns) == 0 {
					t.Fatalf("%s cut at %d: a call without turns", path, n)
				}
			}
		}
	}
}

func TestLinesAreReadOneByOne(t *testing.T) {
	line := strings.ReplaceAll(whisperZH, "\n", "")
	data := line + "\n{\"text\": \"a\", \"segments\": [\n\n{\"segments\": []}\n" + line
	calls, errs := read(t, "dir/w.jsonl", data)
	want := []string{"dir/w.jsonl:2: broken JSON at byte 27: want a value", "dir/w.jsonl: no turns"}
	if len(calls) != 2 || calls[0].ID != "w:1" || calls[1].ID != "w:5" || len(errs) != 2 {
		t.Fatalf("%d calls, errors %q", len(calls), errs)
	}
	for i, w := range want {
		if !strings.HasPrefix(errs[i], w) {
			t.Errorf("error %q, want %q", errs[i], w)
		}
	}
}

func TestDocumentRefused(t *testing.T) {
	nested := strings.Repeat(`[`, 100_000) + strings.Repeat(`]`, 100_000)
	segments := func(n int) string {
		return strings.TrimSuffix(strings.Repeat(`{"start":0,"end":1,"text":"a"},`, n), ",")
	}
	tests := []struct{ name, data, want string }{
		{"nesting", `{"text": "a", "language": "en", "segments": [{"text": ` + nested + `}]}`, fmt.Sprintf("x.json:1: broken JSON at byte %d: want at most %d levels of nesting", 54+MaxDepth-2, MaxDepth)},
		{"nesting that is not seen", `{"a": ` + nested + `}`, "x.json:1: JSON nested more than"},
		{"broken", "{\"text\": \"a\", \"language\": \"en\",\n\"segments\":\n [{]}", "x.json:3: broken JSON at byte 47: want a key"},
		{"turns", `{"text": "a", "language": "en", "segments": [` + segments(MaxTurns+1) + `]}`, "x.json: more than 200000 turns"},
		{"size", "{\"text\": \"a\",\n\"segments\": [], \"language\": \"" + strings.Repeat("a", MaxCallBytes) + "\"}", "x.json: file is larger than the limit of 32 MiB"},
		{"line", "{\"text\": \"a\", \"segments\": [{\"avg_logprob\": 1}], \"language\": \"" + strings.Repeat("a", MaxCallBytes) + "\"}", "x.json:1: line is longer than the limit of 32 MiB"},
		{"no speech", `{"results": {"transcripts": [{"transcript": " "}], "items": []}}`, "x.json: no turns: nobody speaks"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, "x.json", tt.data)
			if len(calls) != 0 || len(errs) != 1 || !strings.HasPrefix(errs[0], tt.want) {
				t.Errorf("%d calls, errors %.300q, want %q", len(calls), errs, tt.want)
			}
		})
	}
}

func TestNamedFormatOverrides(t *testing.T) {
	for ex, err := range Read("x.json", strings.NewReader(`{"segments": [{"text": "a", "start": 1, "speaker": "B"}]}`), "faster-whisper") {
		if err != nil || len(ex.Turns) != 1 || ex.Turns[0].Start != 1000 {
			t.Errorf("%v, %v", ex, err)
		}
	}
	for ex, err := range Read("x.json", strings.NewReader(`{"segments": [{"text": "a"}]}`), "deepgram") {
		if err == nil {
			t.Errorf("read %v as deepgram", ex)
		}
	}
}

func TestOddValues(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"strings for numbers", `{"text":"","language":"en","segments":[{"start":"1.5","end":" 2 ","text":"a"}]}`, []string{"@1500 /unknown: a"}},
		{"times that cannot be", `{"text":"","language":"en","segments":[{"start":-3,"end":1e300,"text":"a"},{"start":"soon","text":"b"},{"start":{},"text":"c"}]}`, []string{"/unknown: a", "/unknown: b", "/unknown: c"}},
		{"no segments but text", `{"text":" hello ","language":"en","segments":[]}`, []string{"/unknown: hello"}},
		{"one speaker", `{"segments":[{"start":0,"end":1,"text":"a","speaker":"S"},{"start":1,"end":2,"text":"b","speaker":"S"}]}`, []string{"@0 S/unknown: a", "@1000 S/unknown: b"}},
		{"one channel is no speaker", `{"results":{"channels":[],"utterances":[{"channel":0,"transcript":"a","start":0},{"channel":0,"transcript":"b","start":2}]}}`, []string{"@0 /unknown: a", "@2000 /unknown: b"}},
		{"speakers on two channels", `{"results":{"channels":[],"utterances":[{"channel":0,"speaker":0,"transcript":"a","start":5},{"channel":0,"speaker":1,"transcript":"b","start":2},{"channel":1,"transcript":"c","start":0}]}}`,
			[]string{"@0 channel 1/unknown: c", "@2000 channel 0 speaker 1/unknown: b", "@5000 channel 0 speaker 0/unknown: a"}},
		{"unsorted where a time is missing", `{"phrases":[{"channel":0,"offsetMilliseconds":9,"text":"a"},{"channel":1,"text":"b"}],"combinedPhrases":[]}`, []string{"@9 channel 0/unknown: a", "channel 1/unknown: b"}},
		{"combined phrases alone", `{"phrases":[],"combinedPhrases":[{"channel":0,"text":"a"},{"channel":1,"text":"b"}]}`, []string{"channel 0/unknown: a", "channel 1/unknown: b"}},
		{"wrong kinds everywhere", `{"results":{"transcripts":[{"transcript":"x"}],"items":{"a":1},"speaker_labels":[1],"channel_labels":"no"}}`, []string{"/unknown: x"}},
		{"placeholder alone", `[{"key":"k","text":"[PII]"}]`, []string{"/unknown: [PII]"}},
		{"one of two channels silent", `{"results":{"channels":[{"alternatives":[{"words":[{"word":"a.","start":0,"end":1},{"word":"b","start":1,"end":2}]}]},{"alternatives":[{"transcript":"","words":[]}]}]}}`, []string{"@0 /unknown: a.", "@1000 /unknown: b"}},
		{"bot", `{"Participants":[{"ParticipantId":"b","ParticipantRole":"CUSTOM_BOT"}],"Transcript":[{"ParticipantId":"b","Content":"press one"}]}`, []string{"CUSTOM_BOT/ivr: press one"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, "x.json", tt.data)
			if len(calls) != 1 || len(errs) > 0 {
				t.Fatalf("%d calls, errors %q", len(calls), errs)
			}
			if diff := cmp.Diff(tt.want, told(calls[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDurations(t *testing.T) {
	for data, want := range map[string]int64{
		`"1.300s"`: 1300, `"0s"`: 0, `"PT7.48S"`: 7480, `"PT1H2M3S"`: 3723000, `"P1DT1S"`: 86401000, `2.5`: 2500,
		`{"seconds":"2","nanos":5000000}`: 2005, `{"nanos":1000000}`: 1, `"PT"`: 0, `"P"`: corpus.NoTime, `"PTxS"`: corpus.NoTime,
		`"-1s"`: corpus.NoTime, `null`: corpus.NoTime, `"NaNs"`: corpus.NoTime, `"PTNaNS"`: corpus.NoTime, `"PT5D"`: corpus.NoTime, `{"seconds":"x"}`: corpus.NoTime,
	} {
		if got := duration(value(data)); got != want {
			t.Errorf("%s: %d, want %d", data, got, want)
		}
	}
}

func TestInstants(t *testing.T) {
	for s, want := range map[string]int64{
		"1970-01-01T00:00:00Z": 0, "2024-02-29T12:00:00.5Z": 1709208000500, "2022-06-21T17:53:26.000+02:00": 1655826806000,
		"2022-06-21 17:53:26": 1655834006000, "2000-03-01T00:00:00-00:30": 951870600000,
	} {
		if got, ok := instant(s); !ok || got != want {
			t.Errorf("%s: %d %v, want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "soon", "2022-06-21", "2022-06-21T17:53:26X", "2022-06-21T1x:53:26Z", "20220-6-21T17:53:26Z"} {
		if got, ok := instant(s); ok {
			t.Errorf("%q read as %d", s, got)
		}
	}
}

func TestLanguages(t *testing.T) {
	for tag, want := range map[string]string{"en_us": "en", "zh-CN": "zh", "cmn-Hans-CN": "zh", "English": "en", "yue": "zh", "ko-KR": "ko", "auto": "", "": "", "x1": "", "klingon": ""} {
		if got := languageOf(tag); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

// TestLongMonologue joins very many sentences of one channel in good time.
func TestLongMonologue(t *testing.T) {
	const n = 150_000
	var b strings.Builder
	b.WriteString(`{"results":{"channels":[{"alternatives":[{"words":[{"word":"a","start":0,"end":1}]}]},{"alternatives":[{"words":[`)
	for i := range n {
		fmt.Fprintf(&b, `{"word":"no.","start":%d,"end":%d},`, 2*i+5, 2*i+6)
	}
	b.WriteString(`{"word":"b"}]}]}]}}`)
	calls, errs := read(t, "x.json", b.String())
	if len(calls) != 1 || len(calls[0].Turns) != 2 || len(errs) > 0 {
		t.Fatalf("%d calls, errors %q", len(calls), errs)
	}
	if last := calls[0].Turns[1]; len(last.Text) < 4*n || last.End != (2*n+4)*1000 {
		t.Errorf("the last turn has %d bytes and ends at %d", len(last.Text), last.End)
	}
}
