//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program returns a link that makes this test binary the program.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "classify")
	link(t, self, bin)
	return bin
}

// interrupted starts a command, interrupts it once ready says so, and returns
// how long it then took.
func interrupted(t *testing.T, cmd *exec.Cmd, ready func() bool) time.Duration {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for patient := time.Now().Add(time.Minute); !ready(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(patient) {
			cmd.Process.Kill()
			t.Fatal("the run does not get going")
		}
	}
	start := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		cmd.Process.Kill()
		t.Fatal("the run does not end")
	}
	return time.Since(start)
}

// soon is a second for the program, and as much again for a busy machine.
const soon = 2 * time.Second

// Whoever interrupts a run gets what was finished in whole lines, within a
// second, whether the run waits for input or for somebody to take its output.
func TestInterrupted(t *testing.T) {
	bin, dir := program(t), t.TempDir()
	in := filepath.Join(dir, "in.jsonl")
	manyCalls(t, in, 3000)
	ready := func(size int64, path string) func() bool {
		return func() bool { return fileSize(path) > size }
	}
	t.Run("working", func(t *testing.T) {
		out := filepath.Join(dir, "out.jsonl")
		cmd := exec.Command(bin, "score", "--output", "jsonl", "-o", out, in, in, in, in, in, in, in, in, in, in)
		var said bytes.Buffer
		cmd.Stderr = &said
		if took := interrupted(t, cmd, ready(1<<16, out+partialSuffix)); took > soon {
			t.Errorf("%v", took)
		}
		if code := cmd.ProcessState.ExitCode(); code != statusPartial || !strings.Contains(said.String(), "interrupted after ") || fileSize(out) > 0 {
			t.Errorf("status %d, %.300s", code, said.String())
		}
		wholeResults(t, out+partialSuffix)
	})
	t.Run("waiting for input", func(t *testing.T) {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		to, err := os.Create(filepath.Join(dir, "stdout"))
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(bin, "score", "--output", "jsonl", "-")
		cmd.Stdin, cmd.Stdout = r, to
		calls := strings.Repeat(`{"turns":[{"speaker":"caller","text":"share your screen"}]}`+"\n", 5000)
		written := make(chan struct{})
		go func() {
			defer close(written)
			w.WriteString(calls)
		}()
		if took := interrupted(t, cmd, func() bool { <-written; time.Sleep(time.Second); return true }); took > soon {
			t.Errorf("%v", took)
		}
		// The last of the calls may stand in the pipe still.
		if n := wholeResults(t, to.Name()); n < 2500 {
			t.Errorf("%d of the 5000 calls that were there", n)
		}
	})
	t.Run("waiting for a consumer", func(t *testing.T) {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		defer w.Close()
		cmd := exec.Command(bin, "score", "--output", "jsonl", in)
		cmd.Stdout = w
		begun := func() bool {
			r.Read(make([]byte, 1))
			time.Sleep(300 * time.Millisecond) // until the pipe is full
			return true
		}
		if took := interrupted(t, cmd, begun); took > soon {
			t.Errorf("%v", took)
		}
		if code := cmd.ProcessState.ExitCode(); code != statusPartial {
			t.Errorf("status %d", code)
		}
	})
}

// wholeResults counts the results of a file, each of which must be whole.
func wholeResults(t *testing.T, path string) (n int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if !strings.HasSuffix(line, "\n") || !json.Valid([]byte(line)) {
			t.Errorf("%s: no whole result: %.100q", path, line)
		}
		n++
	}
	return n
}

// Somebody who takes one line and leaves, as head does, ends the run, and no
// output looks whole that is not.
func TestClosedPipe(t *testing.T) {
	bin, dir := program(t), t.TempDir()
	in := filepath.Join(dir, "in.jsonl")
	manyCalls(t, in, 3000)
	calls := labelled(t, dir)
	for name, args := range map[string][]string{
		"score":    {"score", "--output", "jsonl", in},
		"convert":  {"convert", in, "--to", "jsonl"},
		"train":    {"train", calls, "-o", filepath.Join(dir, "train.out")},
		"evaluate": {"evaluate", calls, "--rounds", "10", "--json", filepath.Join(dir, "evaluate.out")},
		"version":  {"version"},
	} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(bin, args...)
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = w, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		w.Close()
		r.Close()
		cmd.Wait()
		state := cmd.ProcessState.Sys().(syscall.WaitStatus)
		if cmd.ProcessState.Success() || state.Signaled() && state.Signal() != syscall.SIGPIPE || strings.Contains(said.String(), "panic") {
			t.Errorf("%s: %v\n%s", name, cmd.ProcessState, said.String())
		}
		if data, err := os.ReadFile(filepath.Join(dir, name+".out")); err == nil && !json.Valid(data) {
			t.Errorf("%s left %d bytes that are not whole", name, len(data))
		}
	}
}

// A command that is killed at any moment, above all while it writes, leaves
// nothing under its output's name, or all of it.
func TestKilledOutputs(t *testing.T) {
	const kills = 6
	if testing.Short() {
		t.Skip("takes a while")
	}
	bin, dir := program(t), t.TempDir()
	in, calls := filepath.Join(dir, "in.jsonl"), labelled(t, dir)
	manyCalls(t, in, 4000)
	random := rand.New(rand.NewPCG(3, 5))
	for name, args := range map[string][]string{
		"convert":  {"convert", in, "--to", "jsonl", "-o"},
		"train":    {"train", calls, "--terms", "500", "-o"},
		"evaluate": {"evaluate", calls, "--rounds", "20", "--json"},
	} {
		to := filepath.Join(dir, name, "out")
		if err := os.Mkdir(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		args = append(args, to)
		start := time.Now()
		exec.Command(bin, args...).Run()
		took := time.Since(start)
		whole, err := os.ReadFile(to)
		if err != nil || len(whole) == 0 {
			t.Fatalf("%s: %d bytes, %v", name, len(whole), err)
		}
		writing := 0
		for range kills {
			os.RemoveAll(filepath.Dir(to))
			if err := os.Mkdir(filepath.Dir(to), 0o700); err != nil {
				t.Fatal(err)
			}
			writing += killWhileWriting(t, exec.Command(bin, args...), filepath.Dir(to), took, random)
			if got, err := os.ReadFile(to); err == nil && !bytes.Equal(got, whole) {
				t.Errorf("%s: after a kill %d bytes stand under the output's name, want none or %d", name, len(got), len(whole))
			}
		}
		t.Logf("%s: killed %d of %d times while it wrote", name, writing, kills)
	}
}

// killWhileWriting kills the command a little after a file shows in its
// output's folder, or at a random moment before that, and returns 1 where it
// had begun to write.
func killWhileWriting(t *testing.T, cmd *exec.Cmd, dir string, took time.Duration, random *rand.Rand) (writing int) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	latest := time.Now().Add(time.Duration(random.Int64N(int64(4 * took))))
	for time.Now().Before(latest) {
		if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
			writing = 1
			time.Sleep(time.Duration(random.IntN(1000)) * time.Microsecond)
			break
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	return writing
}
