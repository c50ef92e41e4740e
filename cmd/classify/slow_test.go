package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// endless gives calls without end, and counts their bytes.
type endless struct{ taken atomic.Int64 }

var endlessCall = []byte(`{"turns":[{"speaker":"caller","text":"` + strings.Repeat("share your screen with me now ", 30) + "\"}]}\n")

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n+len(endlessCall) <= len(p) {
		n += copy(p[n:], endlessCall)
	}
	if n == 0 {
		return 0, errors.New("too little room for a call")
	}
	e.taken.Add(int64(n))
	return n, nil
}

// stuck takes nothing until it is let go, and then refuses.
type stuck struct{ free chan struct{} }

func (s *stuck) Write([]byte) (int, error) {
	<-s.free
	return 0, errors.New("nobody reads this")
}

// While nobody takes the results nothing is read ahead but what the workers
// have in hand.
func TestSlowConsumer(t *testing.T) {
	in, out := &endless{}, &stuck{make(chan struct{})}
	var errOut bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- run([]string{"score", "--output", "jsonl", "--jobs", "64", "-"}, in, out, &errOut, unguarded)
	}()
	last := int64(-1)
	for at := in.taken.Load(); at == 0 || at != last; at = in.taken.Load() {
		last = at
		time.Sleep(time.Second)
	}
	if most := int64(4 << 20); last > most {
		t.Errorf("%d bytes were read while nobody took a result", last)
	}
	close(out.free)
	select {
	case status := <-ended:
		if status != statusPartial || !strings.Contains(errOut.String(), "write results: nobody reads this") {
			t.Errorf("status %d: %s", status, errOut.String())
		}
	case <-time.After(time.Minute):
		t.Error("a run whose results are refused does not end")
	}
}

// A command that is killed at any moment, above all while it writes, leaves
// nothing under its output's name, or all of it.
func TestKilledOutputs(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "classify")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
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
		for range 10 {
			os.RemoveAll(filepath.Dir(to))
			if err := os.Mkdir(filepath.Dir(to), 0o700); err != nil {
				t.Fatal(err)
			}
			writing += killWhileWriting(t, exec.Command(bin, args...), filepath.Dir(to), took, random)
			if got, err := os.ReadFile(to); err == nil && !bytes.Equal(got, whole) {
				t.Errorf("%s: after a kill %d bytes stand under the output's name, want none or %d", name, len(got), len(whole))
			}
		}
		t.Logf("%s: killed %d of 10 times while it wrote", name, writing)
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
