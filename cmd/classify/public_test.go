package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"callscam/classify"
	"callscam/corpus"
	"callscam/corpus/formats"
)

// Public calls, written in every form and read back, must score the same to
// the last digit. PUBLIC_DATA is a folder of labelled JSONL files.
func TestPublicRoundTrip(t *testing.T) {
	dir := os.Getenv("PUBLIC_DATA")
	if dir == "" {
		t.Skip("PUBLIC_DATA is not set")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no JSONL files in %s: %v", dir, err)
	}
	cl, err := loadModel("")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			want, calls := scores(t, cl, file)
			for _, form := range formats.Forms() {
				dir := t.TempDir()
				first, back := filepath.Join(dir, "form"), filepath.Join(dir, "back.jsonl")
				if form.Stream {
					first += form.Ending
				}
				mustConvert(t, file, form.Name, first)
				mustConvert(t, first, "jsonl", back)
				got, _ := scores(t, cl, back)
				compareScores(t, form.Name, want, got)
			}
			t.Logf("%d calls", calls)
		})
	}
}

func mustConvert(t *testing.T, from, to, out string) {
	t.Helper()
	var told bytes.Buffer
	if status := run([]string{"convert", from, "--to", to, "-o", out}, strings.NewReader(""), io.Discard, &told, unguarded); status != statusDone {
		t.Fatalf("convert %s --to %s: status %d: %.300s", from, to, status, told.String())
	}
}

// scores returns the calls' probabilities by ID.
func scores(t *testing.T, cl *classify.Classifier, path string) (byID map[string]float64, calls int) {
	t.Helper()
	byID = map[string]float64{}
	for s := range cl.Stream(t.Context(), formats.Calls([]string{path}, nil, "auto"), 1) {
		if s.Err != nil {
			t.Fatal(s.Err)
		}
		if _, ok := byID[s.Result.ID]; ok {
			t.Fatalf("two calls are called %q", s.Result.ID)
		}
		byID[s.Result.ID] = s.Result.Probability
		calls++
		if s.Example.Label == corpus.Unlabelled {
			t.Errorf("%s has no label", s.Result.ID)
		}
	}
	return byID, calls
}

func compareScores(t *testing.T, form string, want, got map[string]float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d calls came back of %d", form, len(got), len(want))
	}
	wrong := 0
	for id, p := range want {
		if q, ok := got[id]; !ok || q != p {
			if wrong++; wrong < 4 {
				t.Errorf("%s: call %q scores %v, before %v", form, id, q, p)
			}
		}
	}
	t.Logf("%s: %d of %d calls score the same", form, len(want)-wrong, len(want))
}

// unguarded leaves the process as it is: a sandbox would outlast the test.
func unguarded([]string) protection { return protection{} }
