package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Every console block of the README is run: lines after "$ " are commands,
// the lines below are what they print, and "…" stands for lines left out.
func TestREADME(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir() + "/classify"
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	blocks := strings.Split(string(data), "```console\n")[1:]
	if len(blocks) == 0 {
		t.Fatal("no console blocks")
	}
	for _, block := range blocks {
		body, _, _ := strings.Cut(block, "```")
		for _, part := range strings.Split("\n"+body, "\n$ ")[1:] {
			command, want, _ := strings.Cut(part, "\n")
			checkConsole(t, bin, command, want)
		}
	}
}

func checkConsole(t *testing.T, bin, command, want string) {
	t.Helper()
	shell := strings.ReplaceAll(command, "make run", bin+" score cmd/classify/testdata/samples")
	shell = strings.ReplaceAll(shell, "bin/classify ", bin+" ")
	cmd := exec.Command("sh", "-c", shell)
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	if exit, ok := err.(*exec.ExitError); err != nil && (!ok || exit.ExitCode() == statusMisuse) {
		t.Errorf("%s: %v\n%s", command, err, out)
	}
	got := strings.TrimRight(string(out), "\n")
	want = strings.TrimRight(want, "\n")
	for _, piece := range strings.Split(want, "…\n") {
		piece = strings.TrimRight(piece, "\n")
		if at := strings.Index(got, piece); at < 0 {
			t.Errorf("$ %s\nprints\n%s\nwhich lacks\n%s", command, got, piece)
		} else {
			got = got[at+len(piece):]
		}
	}
}
