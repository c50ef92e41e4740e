package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"callscam/classify"
	"callscam/classify/evaluate"
	"callscam/classify/redteam"
	"callscam/corpus"
)

// hostile are strings that do something on a terminal, in a spreadsheet or to
// the lines of an output.
var hostile = []string{
	"\x1b[2J\x1b[31mred", "\x1b]8;;http://example.com\x07link\x1b]8;;\x07", "a\rover", "a\x08\x08b", "two\nlines", "\u2028two\u2029", "\x00\x7f", "\u009b31m", "\u0085next",
	"evil\u202etxt.exe", "\u2066a\u2069", "\u200fright", "a\u200db\u200cc\u200bd", "\ufeffmark", "\u00adsoft", "\U000e0041\U000e007f", "\u061c", "\u2060", "\u3164\uffa0",
	"=1+1", " =cmd|' /C calc'!A0", "\t=1", "\u3000=1", "\u00a0@SUM(A1)", "+1", "-1+cmd", "@x", "＝1", "-inf", "+nan", "-0x1p3", "\"=1", "\ufeff=1", "-12.5", "",
	"<script>alert(1)</script>", "\xff\xfe\x9b31m", "a\xe9b", "a,b;c\"d", "\u0301\u0301", "一通\x1b[0m电话", "{\"a\":1}", "\\u001b", "😀\u200d😀",
}

// FuzzOutputs: whatever stands in a call, a path, a speaker, a header, a
// warning or a model's name, no form passes on what steers a terminal, each
// call takes one line, no cell starts a formula, JSON gives back what it was
// given, and pages make a browser do nothing.
func FuzzOutputs(f *testing.F) {
	few := fewTactics(f)
	for i, s := range hostile {
		f.Add(s, hostile[(i+7)%len(hostile)], "share your screen "+hostile[(i+13)%len(hostile)], hostile[(i+19)%len(hostile)])
	}
	f.Fuzz(func(t *testing.T, id, speaker, text, other string) {
		ex, r := hostileResult(id, speaker, text, other)
		for _, form := range forms {
			var out bytes.Buffer
			w := form.make(&out, "2026-03-04T05:06:07Z")
			for range 2 {
				if err := w.Write(ex, r); err != nil {
					t.Fatalf("%s: %v", form.name, err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			checkHarmless(t, form.name, out.String())
			checkForm(t, form.name, out.String(), r)
		}
		checkTexts(t, ex, r, other)
		checkPages(t, few, id, speaker, text, other)
	})
}

func hostileResult(id, speaker, text, other string) (*corpus.Example, *classify.Result) {
	ex := &corpus.Example{Source: other, Group: id, Pretext: other, Remote: speaker, Notes: []corpus.TacticNote{{Tactic: "T10", Turn: 1, Quote: text}},
		Transcript: corpus.Transcript{ID: id, Path: other, Lang: other, Warnings: []string{other},
			Turns: []corpus.Turn{{Speaker: speaker, Text: text, Start: corpus.NoTime, End: corpus.NoTime}}}}
	r := &classify.Result{Schema: classify.Schema, ID: id, Path: other, Lang: other, Verdict: classify.Scam, Turns: 1, Stage: "none",
		Evidence:      []classify.Evidence{{Tactic: "screen_share", Polarity: "asserted", Turn: 1, Role: "caller", End: len(text), Quote: text, Points: 1}},
		Contributions: []classify.Contribution{{Feature: "term: " + other, Points: 1}},
		Model:         classify.ModelRef{Name: other, Digest: "0123456789ab"}, Warnings: []string{id, other}}
	return ex, r
}

// checkHarmless looks for all that must not reach a terminal, by the Unicode
// standard's categories and not by what Plain does.
func checkHarmless(t *testing.T, form, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%s: not valid UTF-8: %q", form, out)
	}
	for i, r := range out {
		if r != '\n' && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Join_Control) || r == 0x3164) {
			t.Fatalf("%s passes %U on: %.60q", form, r, out[max(0, i-20):])
		}
	}
}

func checkForm(t *testing.T, form, out string, r *classify.Result) {
	t.Helper()
	switch form {
	case "table":
		if n := strings.Count(out, "\n"); n != 3 {
			t.Errorf("%d lines of table: %q", n, out)
		}
	case "jsonl", "vcon":
		checkLines(t, form, out, r)
	case "csv":
		checkCells(t, out)
	default:
		t.Errorf("nothing is checked of the form %s", form)
	}
}

// checkCells wants three rows of as many cells, and no cell with a formula.
func checkCells(t *testing.T, out string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, error %v: %q", len(rows), err, out)
	}
	for _, cell := range rows[1] {
		first := strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })
		if first != "" && strings.ContainsAny(first[:1], "=+-@") && strings.Trim(first, "+-0123456789.") != "" {
			t.Errorf("a cell starts a formula: %q", cell)
		}
	}
}

// checkLines wants each line to give the result back, but for bytes that are
// no text.
func checkLines(t *testing.T, form, out string, r *classify.Result) {
	t.Helper()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var want classify.Result
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	lines := 0
	for line := range strings.Lines(out) {
		lines++
		got := decoded(t, form, line)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s gives back %+v\nwant %+v", form, got, want)
		}
	}
	if lines != 2 {
		t.Errorf("%d lines of %s: %q", lines, form, out)
	}
}

func decoded(t *testing.T, form, line string) (r classify.Result) {
	t.Helper()
	var err error
	if form == "jsonl" {
		err = json.Unmarshal([]byte(line), &r)
	} else {
		var v struct {
			Analysis []struct{ Body classify.Result }
		}
		if err = json.Unmarshal([]byte(line), &v); err == nil && len(v.Analysis) == 1 {
			r = v.Analysis[0].Body
		}
	}
	if err != nil {
		t.Fatalf("%s: %v: %q", form, err, line)
	}
	return r
}

// checkTexts writes all that is made for people and not for programs.
func checkTexts(t *testing.T, ex *corpus.Example, r *classify.Result, other string) {
	t.Helper()
	_, _, m := sample()
	for name, write := range map[string]func(io.Writer) error{
		"explain": func(w io.Writer) error { return Explain(w, &ex.Transcript, r, m) },
		"tally":   func(w io.Writer) error { return Tally(w, map[string]map[string]int{"source": {other: 1}}) },
		"findings": func(w io.Writer) error {
			return Findings(w, []corpus.Finding{{Kind: "header", Call: ex.ID, Text: other}})
		},
		"evaluation": func(w io.Writer) error { return Evaluation(w, hostileReport(ex.ID, other)) },
		"pairing": func(w io.Writer) error {
			return Pairing(w, &evaluate.Pairing{A: evaluate.ModelRef{Name: ex.ID, Digest: other}, B: evaluate.ModelRef{Name: other}})
		},
		"errors": func(w io.Writer) error {
			ps := []evaluate.Prediction{{ID: ex.ID, Scam: true, Reasons: []evaluate.Reason{{Tactic: other}}}}
			data, err := Mistakes(ps, []corpus.Example{*ex}, false)
			if err == nil {
				_, err = w.Write(data)
			}
			return err
		},
		"redteam": func(w io.Writer) error {
			return Redteam(w, &redteam.Report{Scam: 1, Escapes: []redteam.Escape{{ID: ex.ID, Edit: "padding"}}}, true)
		},
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		checkHarmless(t, name, out.String())
	}
}

// hostileReport is an evaluation in which every name is a stranger's.
func hostileReport(id, other string) *evaluate.Report {
	rows := []evaluate.Summary{{Name: other, Scam: 1, Legit: 1}, {Name: id, Scam: 1}}
	return &evaluate.Report{Title: "evaluation", Headline: other, Warnings: []string{other}, Model: evaluate.ModelRef{Name: other, Digest: id}, All: rows[0],
		Slices: []evaluate.Slicing{{By: "source", Rows: rows}}, Baselines: []evaluate.Comparison{{Name: other}}, Probes: []evaluate.Probe{{Lang: other, Name: "length"}},
		Worst: []evaluate.WorstError{{ID: id, Path: other, Reasons: []evaluate.Reason{{Tactic: other}}}}}
}

// A vCon that is written back keeps what it held, in strings that do no harm.
func TestHostileOrigin(t *testing.T) {
	ex, r := hostileResult("x", "A", "hello", "y")
	for _, s := range hostile {
		subject, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		ex.Origin = []byte(`{"vcon":"0.3.0","uuid":"x","parties":[],"dialog":[],"subject":` + string(subject) + `}`)
		var out bytes.Buffer
		w := newVCon(&out, "2026-03-04T05:06:07Z")
		if err := w.Write(ex, r); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		checkHarmless(t, "vcon", out.String())
		var got struct{ Subject string }
		if err := json.Unmarshal(out.Bytes(), &got); err != nil || got.Subject != strings.ToValidUTF8(s, "\ufffd") && utf8.ValidString(s) {
			t.Errorf("%q came back as %q, %v", s, got.Subject, err)
		}
	}
}
