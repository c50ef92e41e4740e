package formats

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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

func checkRead(t *testing.T, path, data, name string) {
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
