package main

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"classify": main})
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
			"huge": writeHuge, "halve": halve, "status": status, "sorted": sorted,
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
