package report

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/corpus"
)

var update = flag.Bool("update", false, "write the golden files")

func sample() (*corpus.Transcript, *classify.Result, *classify.Model) {
	t := &corpus.Transcript{ID: "=1+1", Path: "calls/x.txt", Turns: []corpus.Turn{
		{Speaker: "caller", Text: "hello, share your screen \x1b[31mnow"}, {Speaker: "", Text: "好的"}}}
	alarm := 1
	r := &classify.Result{Schema: classify.Schema, ID: t.ID, Path: t.Path, Lang: "en", Verdict: classify.Scam, Probability: 0.91, Margin: 1.25, Bias: -1,
		Turns: 2, AlarmTurn: &alarm, Stage: "compliance",
		Evidence: []classify.Evidence{
			{Tactic: "screen_share", Polarity: "asserted", Turn: 1, Role: "caller", Start: 7, End: 24, Quote: t.Turns[0].Text[7:24], Points: 2},
			{Tactic: "urgency_deadline", Polarity: "negated", Turn: 1, Role: "caller", Start: 13, End: 33, Quote: t.Turns[0].Text[13:33], Points: -0.25}},
		Contributions: []classify.Contribution{{Feature: "screen_share", Points: 2}, {Feature: "term: hello", Points: 0.5}, {Feature: "urgency_deadline, denied", Points: -0.25}},
		Model:         classify.ModelRef{Name: "default", Digest: "0123456789ab"}, Warnings: []string{"very short: the verdict rests on few words"}}
	m := &classify.Model{Calibration: classify.Calibration{Slope: 1.5, Intercept: -0.2},
		Thresholds: classify.Thresholds{Scam: classify.Threshold{Probability: 0.8}, Unsure: classify.Threshold{Probability: 0.4}}}
	return t, r, m
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

func TestForms(t *testing.T) {
	call, r, _ := sample()
	legit := *r
	legit.ID, legit.Verdict, legit.AlarmTurn, legit.Evidence, legit.Warnings = "一通很长的电话一通很长的电话一通很长的电话", classify.Legit, nil, nil, nil
	for _, form := range []string{"table", "jsonl", "csv", "vcon"} {
		var out bytes.Buffer
		w, err := New(form, &out, "2026-03-04T05:06:07Z")
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*classify.Result{r, &legit} {
			if err := w.Write(&corpus.Example{Transcript: *call}, r); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		golden(t, "results."+form, out.Bytes())
		if form != "jsonl" && form != "vcon" && strings.ContainsRune(out.String(), '\x1b') {
			t.Errorf("%s passes a control sequence on", form)
		}
		if form == "csv" && strings.Contains(out.String(), "\n=1") {
			t.Error("a cell starts a formula")
		}
	}
	if _, err := New("xml", nil, ""); err == nil || err.Error() != `unknown output "xml": want table, jsonl, csv or vcon` {
		t.Errorf("got %v", err)
	}
}

func TestExplain(t *testing.T) {
	call, r, m := sample()
	var out bytes.Buffer
	if err := Explain(&out, call, r, m); err != nil {
		t.Fatal(err)
	}
	golden(t, "explain.txt", out.Bytes())
	if strings.ContainsRune(out.String(), '\x1b') {
		t.Error("a control sequence is passed on")
	}
}

func TestMarked(t *testing.T) {
	ev := func(spans ...int) (out []classify.Evidence) {
		for i := 0; i < len(spans); i += 2 {
			out = append(out, classify.Evidence{Start: spans[i], End: spans[i+1]})
		}
		return out
	}
	for _, tt := range []struct {
		spans []int
		want  string
	}{{nil, "abcdef"}, {[]int{1, 3}, "a[bc]def"}, {[]int{2, 5, 1, 3}, "a[bcde]f"}, {[]int{0, 1, 1, 2, 5, 6}, "[a][b]cde[f]"}} {
		if got := marked("abcdef", ev(tt.spans...)); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.spans, got, tt.want)
		}
	}
}
