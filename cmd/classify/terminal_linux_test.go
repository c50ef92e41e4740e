package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// terminal opens both ends of a terminal: its screen, and what a program has.
func terminal(t *testing.T) (screen, tty *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal here: %v", err)
	}
	t.Cleanup(func() { screen.Close() })
	number, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Skipf("no terminal here: %v", err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal here: %v", err)
	}
	t.Cleanup(func() { tty.Close() })
	return screen, tty
}

// On a terminal progress shows calls, bytes, rate and the time left; elsewhere
// nothing.
func TestProgress(t *testing.T) {
	screen, tty := terminal(t)
	path := t.TempDir() + "/in.jsonl"
	manyCalls(t, path, 3000)
	zipped := path + ".gz"
	if out, err := exec.Command("gzip", "-k", path).CombinedOutput(); err != nil {
		t.Skipf("%v: %s", err, out)
	}
	all := make(chan string)
	go func() {
		var b bytes.Buffer
		io.Copy(&b, screen) // until the terminal is closed
		all <- b.String()
	}()
	for _, in := range []string{path, zipped} {
		if status := run([]string{"score", "--output", "jsonl", in}, nil, io.Discard, tty, unguarded); status != statusPartial {
			t.Errorf("status %d", status)
		}
	}
	tty.Close()
	shown := <-all
	for what, want := range map[string]string{"calls": `score, \d{3,} calls`, "bytes": `\d+(\.\d+)?/\d+(\.\d+)? [kM]B`, "rate": `[kM]?B/s`, "time left": `\[\d+s:\d+s\]`} {
		if !regexp.MustCompile(want).MatchString(shown) {
			t.Errorf("no %s (%s) in %.2000q", what, want, shown)
		}
	}
	var piped bytes.Buffer
	run([]string{"score", "--output", "jsonl", path}, nil, io.Discard, &piped, unguarded)
	for line := range strings.Lines(piped.String()) {
		if !strings.HasPrefix(line, "classify: "+path+":") {
			t.Errorf("a pipe gets %q", line)
		}
	}
}

// On a terminal even a call that is converted, which elsewhere keeps every
// byte, is shown without what steers.
func TestTerminal(t *testing.T) {
	screen, tty := terminal(t)
	call := calm + calm + "caller: \x1b[31mred \u202etxt.exe 好 \u009b2J end of it\n"
	shown := make(chan string)
	go func() {
		var all bytes.Buffer
		buf := make([]byte, 4096)
		for !strings.Contains(all.String(), "end of it") {
			n, err := screen.Read(buf)
			if all.Write(buf[:n]); err != nil {
				break
			}
		}
		shown <- all.String()
	}()
	if status := run([]string{"convert", "-", "--to", "txt"}, strings.NewReader(call), tty, os.Stderr, unguarded); status != statusDone {
		t.Errorf("status %d", status)
	}
	select {
	case text := <-shown:
		if strings.ContainsAny(text, "\x1b\u202e\u009b") || !strings.Contains(text, "[31mred") || !strings.Contains(text, "好") {
			t.Errorf("the terminal shows %q", text)
		}
	case <-time.After(time.Minute):
		t.Error("nothing is shown")
	}
	tty.Close()
	var out bytes.Buffer
	if run([]string{"convert", "-", "--to", "jsonl"}, strings.NewReader(call), &out, os.Stderr, unguarded); !strings.Contains(out.String(), "\u202e") {
		t.Errorf("a pipe gets %q, and not every byte", out.String())
	}
}
