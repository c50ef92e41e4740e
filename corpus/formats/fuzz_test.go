package formats

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"callscam/corpus"
)

// fuzzFormat lets the fuzzer write files of a format, beginning with that
// format's fixtures, and checks what every reader promises.
func fuzzFormat(f *testing.F, name string) {
	files, err := filepath.Glob(filepath.Join("testdata", "fixtures", name, "*"))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		if !strings.HasSuffix(path, ".golden") {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkRead(t, "f."+name, string(data), name) })
}

// longestRead bounds the reading of one small file, since a fuzzer waits for
// ever where a reader hangs.
const longestRead = time.Minute

func checkRead(t *testing.T, path, data, name string) {
	defer time.AfterFunc(longestRead, func() { panic("a reader hangs") }).Stop()
	calls := 0
	for ex, err := range Read(path, strings.NewReader(data), name) {
		if calls++; calls > len(data)+1 {
			t.Fatal("more calls than bytes")
		}
		if err == nil {
			checkCall(t, &ex)
		}
	}
	if calls == 0 && strings.TrimSpace(data) != "" {
		t.Error("neither a call nor an error")
	}
}

func checkCall(t *testing.T, ex *corpus.Example) {
	if len(ex.Turns) == 0 || len(ex.Turns) > MaxTurns {
		t.Errorf("a call of %d turns without an error", len(ex.Turns))
	}
	for i, turn := range ex.Turns {
		if !utf8.ValidString(turn.Text) || !utf8.ValidString(turn.Speaker) {
			t.Errorf("turn %d is not valid UTF-8: %q %q", i+1, turn.Speaker, turn.Text)
		}
		if turn.Start < 0 && turn.Start != corpus.NoTime || turn.End < 0 && turn.End != corpus.NoTime {
			t.Errorf("turn %d has times %d to %d", i+1, turn.Start, turn.End)
		}
	}
	for _, s := range append(ex.Warnings, ex.ID, ex.Lang, ex.Source, ex.Group, ex.Pretext) {
		if !utf8.ValidString(s) {
			t.Errorf("not valid UTF-8: %q", s)
		}
	}
}

func FuzzVTT(f *testing.F)        { fuzzFormat(f, "vtt") }
func FuzzSRT(f *testing.F)        { fuzzFormat(f, "srt") }
func FuzzFastText(f *testing.F)   { fuzzFormat(f, "fasttext") }
func FuzzOtter(f *testing.F)      { fuzzFormat(f, "otter") }
func FuzzCSV(f *testing.F)        { fuzzFormat(f, "csv") }
func FuzzTSV(f *testing.F)        { fuzzFormat(f, "tsv") }
func FuzzSemicolons(f *testing.F) { fuzzFormat(f, "semicolons") }
func FuzzPipes(f *testing.F)      { fuzzFormat(f, "pipes") }
func FuzzText(f *testing.F)       { fuzzFormat(f, "text") }
func FuzzJSONL(f *testing.F)      { fuzzFormat(f, "jsonl") }
func FuzzJSON(f *testing.F)       { fuzzFormat(f, "json") }

// FuzzRead lets the file decide what it is.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"caller: hi", "{\"turns\":[{\"text\":\"a\"}]}", "[{\"turns\":[]}]", "# id: x\n\n[00:01] A：b", "\xff\xfe\x00", "{\n}",
		"\xff\xfea\x00:\x00 \x00b\x00", "\xc4\xe3\xba\xc3\xa3\xac\xcb\xad\n", "PK\x05\x06" + strings.Repeat("\x00", 18)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) { checkRead(t, "f", data, "auto") })
}

// FuzzHeaders writes header lines: the call or the refusal of one comes in one
// piece, what a header holds stays in its own field, and a refusal names the
// line and not what stands there.
func FuzzHeaders(f *testing.F) {
	for _, key := range []string{"id", "lang", "label", "group", "pretext", "source", "style", "region", "remote", "harm-turn", "tactic", "warning", "escaped", "other-key", ""} {
		for _, value := range []string{"x", "none", "scam", "7", "99999999999999999999", "T10 turn=14 \"share your screen\"", "T10 turn=0 \"\"", "yes", " : # ", "\u202e\x1b[31m", "\xff", `\u{1b}\n`} {
			f.Add(key, value, key == "id")
		}
	}
	f.Fuzz(func(t *testing.T, key, value string, escaped bool) {
		data := "# " + key + ": " + value + "\n\ncaller: hello there\n"
		if escaped {
			data = "# escaped: yes\n" + data
		}
		checkRead(t, "f.txt", data, "text")
		if strings.ContainsAny(key+value, "\r\n\x00") || escaped {
			return
		}
		calls := 0
		for ex, err := range Read("f.txt", strings.NewReader(data), "text") {
			if calls++; calls > 1 {
				t.Fatal("more than one call")
			}
			if err == nil {
				checkHeader(t, &ex, key, strings.TrimSpace(value))
			} else if text := err.Error(); strings.Contains(text, "\n") || !strings.HasPrefix(text, "f.txt:1: ") {
				t.Errorf("no sentence about the header: %q", text)
			}
		}
	})
}

// checkHeader wants one turn, and the value in the field that the key names.
func checkHeader(t *testing.T, ex *corpus.Example, key, value string) {
	fields := map[string]string{"id": ex.ID, "lang": ex.Lang, "group": ex.Group, "pretext": ex.Pretext, "source": ex.Source,
		"style": ex.Style, "region": ex.Region, "remote": ex.Remote}
	got, ok := fields[key]
	if ok && got != value && utf8.ValidString(value) && value != "" {
		t.Errorf("%s is %q, want %q", key, got, value)
	}
	delete(fields, key)
	delete(fields, "id") // which is made of the file's name otherwise
	for name, other := range fields {
		if other != "" {
			t.Errorf("the header %q sets %s to %q", key, name, other)
		}
	}
	if n := len(ex.Turns); n > 2 {
		t.Errorf("%d turns", n)
	}
}

// FuzzArchives packs what the fuzzer writes, and then breaks a byte of it.
func FuzzArchives(f *testing.F) {
	f.Add("caller: hi", 40, byte(1), false)
	f.Add("{\"turns\":[{\"text\":\"a\"}]}", 3, byte(8), true)
	f.Fuzz(func(t *testing.T, data string, at int, change byte, zipIt bool) {
		packed := ""
		if zipIt {
			packed = zipped(t, "a.txt", data, "b.jsonl.gz", gzipped(t, data))
		} else {
			packed = gzipped(t, data)
		}
		broken := []byte(packed)
		broken[uint(at)%uint(len(broken))] ^= change
		checkRead(t, "f", string(broken), "auto")
	})
}
