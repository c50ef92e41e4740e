package formats

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What takes two bytes in a file and hundreds when it is decoded is refused
// before it is.
func TestDenseJSON(t *testing.T) {
	tests := []struct{ name, path, before, unit, after, want string }{
		{"turns", "x.jsonl", `{"turns":[{}`, `,{}`, "]}\n", "x.jsonl:1: JSON of more than 1000000 objects and lists"},
		{"notes", "x.jsonl", `{"turns":[{"text":"a"}],"notes":[{}`, `,{}`, "]}\n", "x.jsonl:1: JSON of more than 1000000 objects and lists"},
		{"warnings", "x.jsonl", `{"turns":[{"text":"a"}],"warnings":[""`, `,""`, "]}\n", "x.jsonl:1: JSON of more than 6000000 items"},
		{"segments", "x.json", `{"transcript":{"text":"a"},"segments":[{}`, `,{}`, "]}\n", "x.json: JSON of more than 1000000 objects and lists"},
		{"dialogs", "x.json", `{"vcon":"1","parties":[],"dialog":[{"type":"text","body":"hi"}`, `,{}`, "]}\n", "x.json: JSON of more than 1000000 objects and lists"},
		{"brackets in a text", "x.jsonl", `{"turns":[{"text":"`, `[{,`, "\"}]}\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 1_000_000
			if strings.HasPrefix(tt.unit, `,"`) {
				n = 6_000_001
			}
			calls, errs := read(t, tt.path, tt.before+strings.Repeat(tt.unit, n)+tt.after)
			if tt.want == "" && (len(calls) != 1 || len(errs) > 0) || tt.want != "" && (len(calls) > 0 || len(errs) != 1 || !strings.HasPrefix(errs[0], tt.want)) {
				t.Errorf("%d calls, errors %q, want %q", len(calls), errs, tt.want)
			}
		})
	}
}

// A call with very many warnings is read in good time, and keeps the first.
func TestManyWarnings(t *testing.T) {
	const n = 200_000
	var b strings.Builder
	b.WriteString(`{"turns":[{"text":"a"}],"warnings":["w"`)
	for i := range n {
		fmt.Fprintf(&b, `,"%d"`, i)
	}
	b.WriteString("]}\n")
	dialogs := `{"vcon":"1","parties":[],"dialog":[{"type":"text","body":"hi"}` + strings.Repeat(`,{}`, n) + `]}`
	for path, data := range map[string]string{"x.jsonl": b.String(), "x.json": dialogs} {
		began := time.Now()
		calls, errs := read(t, path, data)
		if len(calls) != 1 || len(errs) > 0 {
			t.Fatalf("%d calls, errors %q", len(calls), errs)
		}
		w := calls[0].Warnings
		if len(w) != maxWarnings || w[maxWarnings-1] != "more warnings than a call keeps" {
			t.Errorf("%d warnings, the last %q", len(w), w[len(w)-1])
		}
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s took %v", path, took)
		}
	}
}

// Very many words of one speaker are joined in good time.
func TestManyWords(t *testing.T) {
	const n = 400_000
	data := `{"transcript":{"text":"a"},"segments":[],"words":[{"text":"no"}` + strings.Repeat(`,{"text":"no"}`, n) + `]}`
	began := time.Now()
	calls, errs := read(t, "x.json", data)
	if len(calls) != 1 || len(errs) > 0 || len(calls[0].Turns) != 1 || len(calls[0].Turns[0].Text) != 3*n+2 {
		t.Fatalf("%d calls, errors %q", len(calls), errs)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("joining took %v", took)
	}
}
