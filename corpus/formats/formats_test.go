package formats

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

func read(t *testing.T, path, data string) ([]corpus.Example, []string) {
	t.Helper()
	var calls []corpus.Example
	var errs []string
	for ex, err := range Read(path, strings.NewReader(data), "auto") {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		calls = append(calls, ex)
	}
	return calls, errs
}

// told writes a call's turns in one line each.
func told(e corpus.Example) []string {
	var out []string
	for _, t := range e.Turns {
		s := fmt.Sprintf("%s/%s: %s", t.Speaker, t.Role, t.Text)
		if t.Start != corpus.NoTime {
			s = fmt.Sprintf("@%d %s", t.Start, s)
		}
		out = append(out, s)
	}
	return out
}

func TestTurns(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"roles", "caller: hello\ncallee: hi: there\n", []string{"caller/caller: hello", "callee/callee: hi: there"}},
		{"letters", "A: one\nB: two\nA: three\nB: four\n", []string{"A/unknown: one", "B/unknown: two", "A/unknown: three", "B/unknown: four"}},
		{"no names", "so the thing is: I called\nand then nothing\nhe said no\nand that was that", []string{"/unknown: so the thing is: I called", "/unknown: and then nothing", "/unknown: he said no", "/unknown: and that was that"}},
		{"wide colon", "客服：您好\n客户：你好", []string{"客服/agent: 您好", "客户/customer: 你好"}},
		{"clock", "[00:01] caller: hi\n[01:02:03.5] callee: yes", []string{"@1000 caller/caller: hi", "@3723500 callee/callee: yes"}},
		{"crlf and mark", "\xef\xbb\xbf# id: x\r\n\r\ncaller: hi\r\ncallee: yes\r\n", []string{"caller/caller: hi", "callee/callee: yes"}},
		{"data-set names", "Suspect: pay now\nInnocent: no\n", []string{"Suspect/caller: pay now", "Innocent/callee: no"}},
		{"a clock is no name", "10:30 is fine\n10:45 too\n11:00 as well\n12:00 no", []string{"/unknown: 10:30 is fine", "/unknown: 10:45 too", "/unknown: 11:00 as well", "/unknown: 12:00 no"}},
		{"json", "{\n \"turns\": [\n {\"speaker\": \"agent\", \"text\": \"hi\", \"start_ms\": 0}, {\"speaker\": 1, \"text\": \"yes\"}]}", []string{"@0 agent/agent: hi", "1/unknown: yes"}},
		{"json list", "[{\"turns\":[{\"text\":\"hi\"}]}]", []string{"/unknown: hi"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, "x.txt", tt.data)
			if len(errs) > 0 || len(calls) != 1 {
				t.Fatalf("%d calls, errors %q", len(calls), errs)
			}
			if diff := cmp.Diff(tt.want, told(calls[0])); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeader(t *testing.T) {
	calls, errs := read(t, "some/scam/x.txt", "# id: en-1\n# lang: en\n# group: g\n# pretext: tax_customs\n# source: s\n# style: clean\n# region: UK\n# remote: A\n# harm-turn: 2\n# colour: blue\n\nA: x\nB: y\n")
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	got := calls[0]
	got.Turns = nil
	want := corpus.Example{Transcript: corpus.Transcript{ID: "en-1", Lang: "en", Path: "some/scam/x.txt"}, Label: corpus.Scam,
		Group: "g", Pretext: "tax_customs", Source: "s", Style: "clean", Region: "UK", Remote: "A", HarmTurn: 2}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBadInput(t *testing.T) {
	tests := []struct {
		name, path, data string
		calls            int
		want             string
	}{
		{"empty", "e.txt", "", 0, "e.txt: empty file"},
		{"blank", "e.txt", " \n\n\t", 0, "e.txt: empty file"},
		{"binary", "b.txt", "\x7fELF\x00\x01", 0, "b.txt: binary file"},
		{"control characters", "b.txt", "\x03\x04\x05", 0, "b.txt: binary file"},
		{"late binary", "b.txt", strings.Repeat("a: b\n", 2000) + "\x00", 0, "b.txt: binary file"},
		{"header only", "h.txt", "# id: x\n", 0, "h.txt: no turns"},
		{"harm", "h.txt", "# lang: en\n# harm-turn: soon\n\na: b", 0, "h.txt:2: harm-turn: want"},
		{"label", "h.txt", "# label: odd\n\na: b", 0, "h.txt:1: unknown label: want"},
		{"broken json line", "j.jsonl", "{\"turns\":[{\"text\":\"a\"}]}\n{\"turns\":[{\"text\":\"a\"\n{\"turns\":[{\"text\":\"b\"}]}\n", 2, "j.jsonl:2: broken JSON"},
		{"no turns", "j.jsonl", "{\"id\":\"x\"}\n", 0, "j.jsonl:1: no turns"},
		{"wrong type", "j.jsonl", "{\"turns\":[{\"text\":7}]}\n", 0, "j.jsonl:1: field \"turns.text\" holds a JSON number"},
		{"broken json", "j.json", "{\n\"turns\":\n [,]}", 0, "j.json:3: broken JSON"},
		{"long line", "j.jsonl", "{\"turns\":[{\"text\":\"a\"}]}\n{\"x\":\"" + strings.Repeat("a", MaxCallBytes) + "\"}\n{\"turns\":[{\"text\":\"b\"}]}\n", 2, "j.jsonl:2: line is longer than the limit of 32 MiB"},
		{"long text", "t.txt", strings.Repeat("a: b\n", MaxCallBytes/5+1), 0, "t.txt: file is larger than the limit"},
		{"many turns", "t.txt", strings.Repeat("a: b\n", MaxTurns+1), 0, "t.txt: more than 200000 turns"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls, errs := read(t, tt.path, tt.data)
			if len(calls) != tt.calls || len(errs) != 1 || !strings.HasPrefix(errs[0], tt.want) {
				t.Errorf("%d calls, errors %.200q; want %d calls and %q", len(calls), errs, tt.calls, tt.want)
			}
		})
	}
}

func TestOddLabelIsAWarning(t *testing.T) {
	calls, errs := read(t, "j.jsonl", "{\"label\":\"odd\",\"turns\":[{\"text\":\"a\"}]}\n")
	if len(errs) > 0 || len(calls[0].Warnings) != 1 || calls[0].Label != corpus.Unlabelled {
		t.Errorf("calls %v, errors %q", calls, errs)
	}
}

func TestInvalidUTF8IsReplaced(t *testing.T) {
	calls, _ := read(t, "x.txt", "caller: a\xffb\n")
	if got := calls[0].Turns[0].Text; got != "a\uFFFDb" {
		t.Errorf("text %q", got)
	}
	if len(calls[0].Warnings) != 1 {
		t.Errorf("warnings %q", calls[0].Warnings)
	}
}

func TestFolders(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("b/2.txt", "caller: b2")
	write("b/1.txt", "caller: b1")
	write("a.jsonl", "{\"turns\":[{\"text\":\"a\"}]}")
	write(".hidden/x.txt", "caller: no")
	write("testdata/x.txt", "caller: no")
	write("notes.md", "no transcript")
	write("empty/notes.md", "no transcript")
	var got []string
	for ex, err := range Calls([]string{dir, filepath.Join(dir, "empty"), filepath.Join(dir, "gone"), "-"}, strings.NewReader("caller: in"), "auto") {
		if err != nil {
			got = append(got, strings.ReplaceAll(err.Error(), dir, "DIR"))
			continue
		}
		got = append(got, ex.ID)
	}
	want := []string{"a:1", "1", "2", "DIR/empty: no transcripts in this folder: want files ending in " + strings.Join(Endings(), ", "),
		"DIR/gone: no such file or directory", "stdin"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
