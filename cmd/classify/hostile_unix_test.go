//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"
)

func makePipe(path string) { syscall.Mkfifo(path, 0o600) }

// Pipes, sockets and devices in a folder are skipped with a sentence and never
// waited for, by whatever name they go, even when they take a file's place
// after it was listed.
func TestSpecialFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/calls/a.txt", calm)
	write(t, dir+"/calls/z.txt", calm)
	if err := syscall.Mkfifo(dir+"/calls/pipe.txt", 0o666); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	link(t, "pipe.txt", dir+"/calls/to-pipe.txt")
	link(t, "/dev/zero", dir+"/calls/to-zero.txt")
	link(t, "/dev/zero", dir+"/calls/to-zero.jsonl")
	r := ends(t, "score", "--output", "csv", dir+"/calls")
	r.check(t, statusPartial, "/pipe.txt: is a named pipe: skipped", "to-pipe.txt: is a named pipe: skipped", "to-zero.txt: is a device: skipped", "to-zero.jsonl: is a device")
	if n := strings.Count(r.out, "\n"); n != 3 {
		t.Errorf("%d lines:\n%s", n, r.out)
	}
	list := write(t, dir+"/list.csv", "path,label\ncalls/a.txt,legit\ncalls/pipe.txt,scam\n")
	ends(t, "score", list).check(t, statusPartial, `list.csv:3: "calls/pipe.txt": want a file`)
	ends(t, "score", "/dev/zero").check(t, statusPartial, "/dev/zero: binary file")
	ends(t, "model", "show", "/dev/zero").check(t, statusMisuse, "/dev/zero: ")
	ends(t, "score", "--model", "/dev/zero", dir+"/calls/a.txt").check(t, statusMisuse, "/dev/zero: ")
}

// A pipe that the user names is read: that is how shells pass what a command
// prints.
func TestNamedPipe(t *testing.T) {
	path := t.TempDir() + "/pipe"
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	go os.WriteFile(path, []byte(calm), 0)
	r := ends(t, "score", "--output", "csv", path)
	r.check(t, statusDone)
	if !strings.Contains(r.out, "\npipe,") {
		t.Errorf("got\n%s", r.out)
	}
}

// Names that are no text are read, and shown as text.
func TestNamesThatAreNoText(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"caf\xe9.txt", "\x1b[31m.txt", "two\nlines.txt", "\u202etxt.exe.txt", "=1+1.txt", "\xff\xfe", "\xff\xfe.jsonl"} {
		text := calm
		if name == "\xff\xfe.jsonl" {
			text = "{\"turns\":[{\"text\":\"hello\"}]}\n{\"turns\":[{\"te\n"
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Skipf("no such names here: %v", err)
		}
	}
	for _, form := range []string{"table", "csv", "jsonl", "vcon"} {
		r := ends(t, "score", "--output", form, dir, filepath.Join(dir, "\xff\xfe"), dir+"/\x1b]0;gone\x07")
		r.check(t, statusPartial, "\ufffd\ufffd.jsonl:2: ", "/ ]0;gone : no such file")
		for what, text := range map[string]string{"stdout": r.out, "stderr": r.err} {
			if !utf8.ValidString(text) || strings.ContainsAny(text, "\x1b\u202e\u009b\a") || strings.ContainsRune(text, '\r') {
				t.Errorf("%s of %s: %q", what, form, text)
			}
		}
		for line := range strings.Lines(r.err) {
			if !strings.HasPrefix(line, "classify: ") {
				t.Errorf("a line of stderr is no sentence: %q", line)
			}
		}
	}
	for _, to := range []string{"txt", "vcon", "wtf"} {
		out := filepath.Join(t.TempDir(), "out")
		ends(t, "convert", dir, "--to", to, "-o", out).check(t, statusPartial)
		files, err := os.ReadDir(out)
		if err != nil || len(files) != 6 {
			t.Errorf("%s: %d files, %v", to, len(files), err)
		}
		for _, f := range files {
			if !utf8.ValidString(f.Name()) || strings.ContainsAny(f.Name(), "\x1b\n\u202e=") {
				t.Errorf("%s: a file is called %q", to, f.Name())
			}
		}
	}
}

// What may not be read is told, and the rest is read. Root may read anything:
// then another user tries.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/calls/a.txt", calm)
	write(t, dir+"/calls/secret.txt", calm)
	write(t, dir+"/calls/shut/b.txt", calm)
	write(t, dir+"/calls/z.txt", calm)
	bin := filepath.Join(dir, "classify")
	self, err := os.Open("/proc/self/exe")
	if err != nil {
		t.Skipf("the program cannot be copied for another user: %v", err)
	}
	defer self.Close()
	copied, err := os.OpenFile(bin, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(copied, self); err != nil {
		t.Fatal(err)
	}
	copied.Close()
	for path, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, dir: 0o755, dir + "/calls/secret.txt": 0, dir + "/calls/shut": 0} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	defer os.Chmod(dir+"/calls/shut", 0o755)
	cmd := exec.Command(bin, "score", "--output", "csv", dir+"/calls", dir+"/calls/shut/b.txt")
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); cmd.ProcessState == nil {
		t.Skipf("no program can be run as another user: %v", err)
	}
	r := told{cmd.ProcessState.ExitCode(), out.String(), errOut.String()}
	r.check(t, statusPartial, "calls/secret.txt: permission denied", "calls/shut: permission denied", "calls/shut/b.txt: permission denied")
	if n := strings.Count(r.out, "\n"); n != 3 || strings.Count(r.err, "\n") != 3 {
		t.Errorf("%d lines:\n%s%s", n, r.out, r.err)
	}
}
