//go:build linux && (amd64 || arm64)

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	seccomp "github.com/elastic/go-seccomp-bpf"
)

// insiders are programs that the test binary plays when it is started under
// their names.
func insiders() map[string]func() {
	return map[string]func(){"inside": inside, "old-kernel": oldKernel}
}

// inside enters the sandbox with the output that its argument names, and tells
// what it can still do, from threads that were there before.
func inside() {
	const threads = 8
	entered, told := make(chan struct{}), make(chan string, threads)
	ready := make(chan struct{}, threads)
	for range threads {
		go func() {
			runtime.LockOSThread()
			ready <- struct{}{}
			<-entered
			told <- attempts(os.Args[1])
		}()
	}
	for range threads {
		<-ready
	}
	if p := enterSandbox(os.Args[1:2]); p.sockets.err != nil {
		fmt.Println("no seccomp:", p.sockets.err)
	} else if p.files.err != nil {
		fmt.Println("no Landlock:", p.files.err)
	}
	close(entered)
	for range threads {
		fmt.Print(<-told)
	}
}

func attempts(output string) string {
	var b strings.Builder
	try := func(what string, err error) { fmt.Fprintf(&b, "%s: %v\n", what, err) }
	for _, network := range []string{"tcp", "udp", "unix"} {
		address := "127.0.0.1:9"
		if network == "unix" {
			address = "/nowhere"
		}
		_, err := net.Dial(network, address)
		try("dial "+network, err)
	}
	_, err := net.Listen("tcp", "127.0.0.1:0")
	try("listen tcp", err)
	_, err = net.Listen("unix", filepath.Join(filepath.Dir(output), "sock"))
	try("listen unix", err)
	_, err = syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	try("socketpair", err)
	_, _, errno := syscall.Syscall(425, 8, 0, 0)
	try("io_uring_setup", errno)
	elsewhere := filepath.Join(filepath.Dir(filepath.Dir(output)), "elsewhere")
	try("write elsewhere", os.WriteFile(elsewhere+"/new", nil, 0o600))
	try("change elsewhere", os.WriteFile(elsewhere+"/old", []byte("changed"), 0o600))
	try("truncate elsewhere", os.Truncate(elsewhere+"/old", 0))
	try("remove elsewhere", os.Remove(elsewhere+"/old"))
	_, err = os.ReadFile(elsewhere + "/old")
	try("read elsewhere", err)
	try("write output", os.WriteFile(output+".partial", []byte("x"), 0o600))
	try("rename output", os.Rename(output+".partial", output))
	return b.String()
}

// oldKernel runs classify with a kernel that acts as if it had neither seccomp
// nor Landlock.
func oldKernel() {
	err := seccomp.LoadFilter(seccomp.Filter{NoNewPrivs: true, Flag: seccomp.FilterFlagTSync, Policy: seccomp.Policy{
		DefaultAction: seccomp.ActionAllow,
		Syscalls: []seccomp.SyscallGroup{{Action: seccomp.ActionErrno | seccomp.Action(syscall.ENOSYS),
			Names: []string{"seccomp", "landlock_create_ruleset"}}},
	}})
	if err == nil {
		err = syscall.Exec("/proc/self/exe", append([]string{"classify"}, os.Args[1:]...), os.Environ())
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(99)
}

// child starts the test binary as an insider.
func child(name string, args ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Args[0] = name
	return cmd
}

// From inside, on every thread, no socket can be opened and nothing be written
// but the output.
func TestInside(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"out", "elsewhere"} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(dir+"/elsewhere/old", []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := child("inside", dir+"/out/results.jsonl").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	landlocked := !strings.Contains(string(out), "no Landlock:")
	count := map[string]int{}
	for line := range strings.Lines(string(out)) {
		what, result, _ := strings.Cut(strings.TrimSpace(line), ": ")
		count[what]++
		switch {
		case what == "no Landlock":
			t.Log(line)
		case strings.HasSuffix(what, "elsewhere") && what != "read elsewhere":
			if landlocked && !strings.HasSuffix(result, "permission denied") {
				t.Errorf("inside, %s", line)
			}
		case strings.HasPrefix(what, "dial"), strings.HasPrefix(what, "listen"), what == "socketpair", what == "io_uring_setup":
			if !strings.HasSuffix(result, "operation not permitted") {
				t.Errorf("inside, %s", line)
			}
		case what == "no seccomp", what == "read elsewhere" && result != "<nil>":
			t.Errorf("inside, %s", line)
		}
	}
	if count["dial tcp"] != 8 || count["write elsewhere"] != 8 {
		t.Errorf("not every thread told:\n%s", out)
	}
	if landlocked {
		if data, err := os.ReadFile(dir + "/elsewhere/old"); err != nil || string(data) != "as it was" {
			t.Errorf("elsewhere: %q, %v", data, err)
		}
	}
	if _, err := os.Stat(dir + "/out/results.jsonl"); err != nil {
		t.Errorf("the output could not be written: %v\n%s", err, out)
	}
}

// strace sees no network call of the commands that read transcripts.
func TestStrace(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "classify")
	if err := os.Symlink(self, bin); err != nil {
		t.Fatal(err)
	}
	calls := labelled(t, dir)
	for name, args := range map[string][]string{
		"train":    {"train", calls, "-o", filepath.Join(dir, "m.json")},
		"score":    {"score", calls, "-o", filepath.Join(dir, "r.txt")},
		"evaluate": {"evaluate", calls, "--json", filepath.Join(dir, "e.json")},
	} {
		log := filepath.Join(dir, name+".strace")
		cmd := exec.Command(strace, append([]string{"-f", "-qq", "-e", "trace=network", "-e", "signal=none", "-o", log, bin}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			if strings.Contains(string(out), "PTRACE") {
				t.Skipf("strace cannot trace here: %s", out)
			}
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		// A thread that ends while strace lets go of it leaves a line without a call.
		data, err := os.ReadFile(log)
		if data = regexp.MustCompile(`(?m)^\d+ +\?\?\?\( <detached \.\.\.>\n`).ReplaceAll(data, nil); err != nil || len(data) > 0 {
			t.Errorf("%s: %v, strace saw\n%s", name, err, data)
		}
	}
	// Sockets are given up before the input is opened, and for good.
	log := filepath.Join(dir, "order.strace")
	cmd := exec.Command(strace, "-f", "-qq", "-e", "trace=seccomp,landlock_restrict_self,openat", "-e", "signal=none", "-o", log, bin, "score", calls)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	given, opened := strings.Index(string(data), "SECCOMP_SET_MODE_FILTER"), strings.Index(string(data), calls)
	if given < 0 || opened < given || !strings.Contains(string(data), "SECCOMP_FILTER_FLAG_TSYNC") {
		t.Errorf("the input is opened at %d, the filter set at %d, on all threads:\n%.3000s", opened, given, data)
	}
	// The trace is able to see a call at all.
	insider := filepath.Join(dir, "inside")
	log = filepath.Join(dir, "inside.strace")
	if err := os.Symlink(self, insider); err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(strace, "-f", "-qq", "-e", "trace=network", "-o", log, insider, filepath.Join(dir, "x", "y"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if data, err = os.ReadFile(log); err != nil || !strings.Contains(string(data), "socket(") {
		t.Errorf("%v: the trace of a program that tries sockets shows none:\n%s", err, data)
	}
}
