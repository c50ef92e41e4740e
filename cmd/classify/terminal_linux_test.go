package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// On a terminal even a call that is converted, which elsewhere keeps every
// byte, is shown without what steers.
func TestTerminal(t *testing.T) {
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal here: %v", err)
	}
	defer screen.Close()
	number, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Skipf("no terminal here: %v", err)
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminal here: %v", err)
	}
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
