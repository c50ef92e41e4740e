package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// labelled writes a small labelled folder.
func labelled(t *testing.T, dir string) string {
	t.Helper()
	for i := range 12 {
		for label, text := range map[string]string{
			"scam":  fmt.Sprintf("caller: share your screen now and open the bank number %d", i),
			"legit": fmt.Sprintf("caller: the parcel is with neighbour number %d today", i)} {
			path := filepath.Join(dir, "calls", label, fmt.Sprintf("%d.txt", i))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return filepath.Join(dir, "calls")
}

// manyCalls writes one JSONL file of calls, some of which cannot be read.
func manyCalls(t *testing.T, path string, n int) {
	t.Helper()
	var b bytes.Buffer
	for i := range n {
		if i%97 == 5 {
			b.WriteString("{\"id\":\"broken\n")
			continue
		}
		fmt.Fprintf(&b, `{"id":"c%d","turns":[{"speaker":"caller","text":"this is the bank, %s please"},{"speaker":"callee","text":"okay"}]}`+"\n",
			i, strings.Repeat("share your screen with me and read me the code now ", 1+i%29))
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A run that is killed fifty times at random moments, and continued each time,
// ends with the bytes of a run that was left alone, and never shows a file
// that looks whole before it is.
func TestKilledAndResumed(t *testing.T) {
	const kills = 50
	if testing.Short() {
		t.Skip("takes a while")
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "classify")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	in := filepath.Join(dir, "in.jsonl")
	manyCalls(t, in, 1500)
	random := rand.New(rand.NewPCG(8, 2))
	killed := 0
	for round := 0; killed < kills; round++ {
		form := []string{"jsonl", "csv", "table"}[round%3]
		whole := filepath.Join(dir, fmt.Sprintf("whole-%d", round))
		if out, err := exec.Command(bin, "score", "--output", form, "-o", whole, in).CombinedOutput(); err == nil {
			t.Fatalf("calls that cannot be read went unnoticed:\n%s", out)
		}
		want, err := os.ReadFile(whole)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, fmt.Sprintf("out-%d", round))
		killed += killUntilDone(t, random, to, len(want), bin, "score", "--output", form, "--resume", "-o", to, in)
		got, err := os.ReadFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Fatalf("%s: after %d kills %d bytes, other than the %d of an unbroken run", form, killed, len(got), len(want))
		}
		left, err := filepath.Glob(to + ".*")
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %q, %v", left, err)
		}
	}
	t.Logf("killed %d times", killed)
}

// killUntilDone runs a command, kills it when its unfinished file has grown by
// a random amount, and so on until a run gets to its end.
func killUntilDone(t *testing.T, random *rand.Rand, to string, size int, program string, args ...string) (killed int) {
	t.Helper()
	for {
		before := fileSize(to + partialSuffix)
		until := before + int64(random.IntN(size/5+1))
		cmd := exec.Command(program, args...)
		var errOut bytes.Buffer
		cmd.Stderr = &errOut
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		for running := true; running; {
			select {
			case <-ended:
				if cmd.ProcessState.ExitCode() == statusPartial && fileSize(to) > 0 {
					return killed
				}
				if cmd.ProcessState.Exited() {
					t.Fatalf("%v\n%s", cmd.ProcessState, errOut.String())
				}
				running = false
			default:
				if fileSize(to+partialSuffix) > until || until == before && random.IntN(200) == 0 {
					cmd.Process.Kill()
					<-ended
					killed++
					running = false
				}
				time.Sleep(200 * time.Microsecond)
			}
		}
		if fileSize(to) > 0 && fileSize(to+partialSuffix) > 0 {
			t.Fatal("an unfinished run stands under the name of a whole one")
		}
	}
}

func fileSize(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Every flag that names a file to be written is declared as such: the sandbox
// lets nothing else be written.
func TestOutputFlags(t *testing.T) {
	var walk func(*cobra.Command)
	walk = func(cmd *cobra.Command) {
		if cmd.PersistentPreRunE != nil && cmd.HasParent() {
			t.Errorf("%s: a hook of its own would pass the sandbox by", cmd.CommandPath())
		}
		cmd.LocalFlags().VisitAll(func(f *pflag.Flag) {
			writes := strings.HasPrefix(f.Usage, "write") || f.Name == "out" || f.Name == "json" || f.Name == "html" || f.Name == "errors"
			if f.Value.Type() == "string" && writes && f.Annotations[writesKey] == nil {
				t.Errorf("%s --%s: declare it with outputFlag", cmd.CommandPath(), f.Name)
			}
		})
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
	}
	walk(newRoot(&console{}))
}
