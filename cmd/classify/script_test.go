package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"callscam/classify"
	"callscam/corpus/formats"
)

func TestMain(m *testing.M) {
	programs := map[string]func(){"classify": main}
	maps.Copy(programs, insiders())
	testscript.Main(m, programs)
}

// The scripts in testdata/script are what users do, with what they must see.
func TestScripts(t *testing.T) {
	samples, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples+"/testdata/samples")
			env.Setenv("CORPUS", samples+"/../../corpus")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"huge": writeHuge, "halve": halve, "status": status, "sorted": sorted, "torn": torn, "same-spans": sameSpans, "edit": edit,
		},
	})
}

// huge FILE MIB writes a JSONL file whose second line is MIB MiB long.
func writeHuge(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	call := `{"id":"ok","turns":[{"speaker":"caller","text":"hello there, it is the garage about your brake pads, they are in"}]}` + "\n"
	write := func(s string) {
		_, err := f.WriteString(s)
		ts.Check(err)
	}
	write(call + `{"id":"`)
	mib := strings.Repeat("x", 1<<20)
	for range 200 {
		write(mib)
	}
	write("\"}\n" + call)
}

// halve FROM TO writes the first half of a file.
func halve(ts *testscript.TestScript, _ bool, args []string) {
	data := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(data[:len(data)/2]), 0o644))
}

// sorted FILE FILE compares the lines of two files, whatever their order: the
// files of a folder are read in the order of their names.
func sorted(ts *testscript.TestScript, _ bool, args []string) {
	lines := func(name string) []string {
		all := strings.Split(ts.ReadFile(name), "\n")
		slices.Sort(all)
		return all
	}
	if !slices.Equal(lines(args[0]), lines(args[1])) {
		ts.Fatalf("%s and %s hold other lines", args[0], args[1])
	}
}

// status N COMMAND... runs a command that must end with status N and write at
// most one sentence to stderr. What it wrote is left in the files stdout.txt
// and stderr.txt.
func status(ts *testscript.TestScript, _ bool, args []string) {
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	out, errOut := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	ts.Check(os.WriteFile(ts.MkAbs("stdout.txt"), []byte(out), 0o644))
	ts.Check(os.WriteFile(ts.MkAbs("stderr.txt"), []byte(errOut), 0o644))
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("status %d, want %s\n%s", got, args[0], errOut)
	}
	if n := strings.Count(errOut, "\n"); n > 1 {
		ts.Fatalf("%d lines on stderr, want one sentence:\n%s", n, errOut)
	}
}

// torn WHOLE TO leaves what a run of score --output jsonl -o TO calls leaves
// when it is killed in the middle of its second result.
func torn(ts *testscript.TestScript, _ bool, args []string) {
	whole := ts.ReadFile(args[0])
	first := strings.IndexByte(whole, '\n') + 1
	to := ts.MkAbs(args[1])
	cl, err := loadModel("")
	ts.Check(err)
	u, err := openUnfinished(to, runRecord{runSchema, version(), cl.Model.Digest(), "jsonl", "auto", false, ""}, false)
	ts.Check(err)
	n := 0
	for ex, err := range formats.Calls([]string{ts.MkAbs("calls")}, nil, "auto") {
		ts.Check(err)
		ex.Path = "calls/" + filepath.Base(ex.Path)
		ts.Check(u.note(&ex, cl.NewScorer().Score(&ex.Transcript).Verdict))
		if n++; n == 2 {
			break
		}
	}
	_, err = u.Write([]byte(whole[:first+40]))
	ts.Check(err)
	u.close()
}

// same-spans A B checks that two files of results differ in quotes and names
// of terms only, and that quotes have the length of their spans.
func sameSpans(ts *testscript.TestScript, _ bool, args []string) {
	var files [2][]classify.Result
	for i, name := range args {
		for line := range strings.Lines(ts.ReadFile(name)) {
			var r classify.Result
			ts.Check(json.Unmarshal([]byte(line), &r))
			for j := range r.Evidence {
				if e := &r.Evidence[j]; len(e.Quote) != e.End-e.Start {
					ts.Fatalf("quote %q of %d bytes for the span %d to %d", e.Quote, len(e.Quote), e.Start, e.End)
				}
				r.Evidence[j].Quote = ""
			}
			for j := range r.Contributions {
				r.Contributions[j].Feature = ""
			}
			files[i] = append(files[i], r)
		}
	}
	if diff := cmp.Diff(files[0], files[1]); diff != "" || len(files[0]) == 0 {
		ts.Fatalf("%d results\n%s", len(files[0]), diff)
	}
}

// edit FROM OLD NEW TO [-sign] writes a model file with one change, and, with
// -sign, with a checksum that is right again.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	changed := []byte(strings.Replace(text, args[1], args[2], 1))
	if string(changed) == text {
		ts.Fatalf("%s has no %q", args[0], args[1])
	}
	if len(args) > 4 {
		var m classify.Model
		ts.Check(json.Unmarshal(changed, &m))
		var err error
		changed, err = m.Encode()
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), changed, 0o644))
}
