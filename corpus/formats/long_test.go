package formats

import (
	"strings"
	"testing"
	"time"
)

// TestLongLines gives each reader a quarter megabyte that is hard for it: a reader
// that looks at the same bytes again and again would take minutes.
func TestLongLines(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	const size = 256 << 10
	pieces := []string{"a", "a: b ", ":", "：", "Ann: yes. ", " ", "\"", "<v ", "<v A>b", "&amp;", "[[A]]", "{\\", "xxxx", "***", "[A", "no. ", "\n", "a\n", "1\n\n", "00:00 --> 00:00\n", ",", "a,b\n", "\t", "A  0:01\n", "您好。", "\xc4\xe3"}
	heads := map[string]string{"vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\n", "srt": "00:00:00,000 --> 00:00:01,000\n", "fasttext": "__label__scam ",
		"otter": "Ann  0:01\n", "csv": "label,text\nscam,", "tsv": "start\tend\ttext\n0\t1\t", "text": ""}
	for name, head := range heads {
		for _, piece := range pieces {
			data := head + strings.Repeat(piece, size/len(piece))
			began := time.Now()
			calls, turns, errs := 0, 0, 0
			for ex, err := range Read("x", strings.NewReader(data), name) {
				if err != nil {
					errs++
					continue
				}
				calls++
				turns = max(turns, len(ex.Turns))
			}
			took := time.Since(began)
			if calls+errs == 0 && strings.TrimSpace(data) != "" || turns > MaxTurns {
				t.Errorf("%s of %q: %d calls, %d errors, %d turns", name, piece, calls, errs, turns)
			}
			if took > 20*time.Second {
				t.Errorf("%s of %q took %v", name, piece, took)
			}
		}
	}
}

func TestTenMegabyteLine(t *testing.T) {
	data := strings.Repeat("Suspect: pay today. Innocent: no. ", 10<<20/34/4) + strings.Repeat("and so on ", 7<<20/10)
	calls, errs := read(t, "x.txt", data)
	if len(errs) > 0 || len(calls) != 1 || len(calls[0].Turns) != 2*(10<<20/34/4) {
		t.Errorf("%d calls, errors %.200q", len(calls), errs)
	}
}
