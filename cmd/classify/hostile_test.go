package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"callscam/corpus/formats"
)

const calm = "caller: hello, it is the garage about your brake pads, they came in this morning\n"

// told is what a run printed, and its status.
type told struct {
	status   int
	out, err string
}

// ends runs the program in this process and fails when it does not end.
func ends(t *testing.T, args ...string) told {
	t.Helper()
	done := make(chan told, 1)
	go func() {
		var out, errOut bytes.Buffer
		status := run(args, strings.NewReader(calm), &out, &errOut, unguarded)
		done <- told{status, out.String(), errOut.String()}
	}()
	select {
	case r := <-done:
		return r
	case <-time.After(2 * time.Minute):
		t.Fatalf("classify %q does not end", args)
		return told{}
	}
}

func (r told) check(t *testing.T, status int, wants ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("status %d, want %d\n%s", r.status, status, r.err)
	}
	for _, want := range wants {
		if !strings.Contains(r.err, want) {
			t.Errorf("stderr lacks %q:\n%s", want, r.err)
		}
	}
}

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
}

// Links that lead in circles are told and left; a link to a folder that the
// user names is followed, one within a folder is not.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/calls/a.txt", calm)
	write(t, dir+"/calls/sub/b.txt", calm)
	link(t, "loop.txt", dir+"/calls/loop.txt")
	link(t, "pong.txt", dir+"/calls/ping.txt")
	link(t, "ping.txt", dir+"/calls/pong.txt")
	link(t, "..", dir+"/calls/sub/up")
	link(t, "gone.txt", dir+"/calls/dangling.txt")
	link(t, "sub", dir+"/calls/folder.txt")
	link(t, "calls", dir+"/named")
	for _, root := range []string{dir + "/calls", dir + "/named", dir + "/named/"} {
		r := ends(t, "score", "--output", "csv", root)
		r.check(t, statusPartial, "dangling.txt: no such file or directory", "folder.txt: is a folder")
		if n := strings.Count(r.out, "\n"); n != 3 {
			t.Errorf("%s: %d lines:\n%s", root, n, r.out)
		}
		for _, name := range []string{"loop.txt", "ping.txt", "pong.txt"} {
			if strings.Count(r.err, name+": ") != 1 {
				t.Errorf("%s is told %d times:\n%s", name, strings.Count(r.err, name+": "), r.err)
			}
		}
	}
	ends(t, "score", dir+"/calls/loop.txt").check(t, statusPartial, "loop.txt: ")
	ends(t, "score", dir+"/calls", "-o", dir+"/calls/loop.txt").check(t, statusPartial, "write "+dir+"/calls/loop.txt: ")
}

// An output is a file, in a folder that exists, and no input.
func TestOutputPlaces(t *testing.T) {
	dir := t.TempDir()
	in := write(t, dir+"/in/a.txt", calm)
	folder := labelled(t, dir)
	for _, args := range [][]string{{"score", in}, {"evaluate", folder}, {"train", folder}, {"audit", folder}, {"crossval", folder}, {"redteam", folder}, {"convert", in, "--to", "jsonl"}} {
		flag := "-o"
		if args[0] != "score" && args[0] != "train" && args[0] != "convert" {
			flag = "--json"
		}
		for _, to := range []string{dir, dir + "/gone/x", in + "/x"} {
			r := ends(t, append(args, flag, to)...)
			if r.status != statusPartial && r.status != statusMisuse || strings.Count(r.err, "\n") != 1 || !strings.Contains(r.err, to) {
				t.Errorf("%s %s %s: status %d: %s", args[0], flag, to, r.status, r.err)
			}
		}
		over := args[1]
		if over == folder {
			over += "/scam/1.txt"
		}
		before, err := os.ReadFile(over)
		if err != nil {
			t.Fatal(err)
		}
		ends(t, append(args, flag, over)...).check(t, statusMisuse, "input")
		if after, err := os.ReadFile(over); err != nil || !bytes.Equal(after, before) {
			t.Errorf("%s %s: an input became %q, %v", args[0], flag, after, err)
		}
	}
	left, err := filepath.Glob(dir + "/.*")
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

// A file that goes away, shrinks or becomes a folder between listing and
// reading costs that file alone.
func TestChangingFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be changed there")
	}
	dir := t.TempDir()
	for i := range 6 {
		write(t, fmt.Sprintf("%s/%d.txt", dir, i), calm)
	}
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, `{"id":"c%d","turns":[{"text":"the parcel is at the door, number %d"}]}`+"\n", i, i)
	}
	long := write(t, dir+"/3.jsonl", b.String())
	var ids, errs []string
	for ex, err := range formats.Calls([]string{dir}, nil, "auto") {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		if ids = append(ids, ex.ID); len(ids) > 1 {
			if ex.ID == "c0" {
				if err := os.Truncate(long, 300_010); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		err = errors.Join(os.Remove(dir+"/1.txt"), os.Remove(dir+"/2.txt"), os.Mkdir(dir+"/2.txt", 0o755), os.Truncate(dir+"/4.txt", 0))
		if err != nil {
			t.Fatal(err)
		}
	}
	if ids[0] != "0" || ids[1] != "c0" || ids[len(ids)-1] != "5" || len(ids) > 10_000 {
		t.Errorf("%d calls, first %q, last %q", len(ids), ids[:2], ids[len(ids)-1])
	}
	told := strings.Join(errs, "\n")
	for _, want := range []string{"1.txt: no such file", "2.txt: is a folder", "3.jsonl:", "4.txt: empty file"} {
		if !strings.Contains(told, want) {
			t.Errorf("no error has %q:\n%s", want, told)
		}
	}
}

// A file that grows while it is read, and one that another file replaces, are
// read as far as they go.
func TestGrowingFile(t *testing.T) {
	path := write(t, t.TempDir()+"/calls.jsonl", strings.Repeat(`{"turns":[{"text":"hello there"}]}`+"\n", 5000))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for _, err := range formats.Calls([]string{path}, nil, "auto") {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n <= 2000 {
			if _, err := f.WriteString(`{"turns":[{"text":"one more"}]}` + "\n"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n != 7000 {
		t.Errorf("%d calls, want 7000", n)
	}
}

// Many small files in a folder: memory does not grow with their number but for
// their names.
func TestManyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	const files = 10_000
	dir := t.TempDir()
	for i := range files {
		write(t, fmt.Sprintf("%s/%06d.txt", dir, i), calm)
	}
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start, n, most := time.Now(), 0, uint64(0)
	for _, err := range formats.Calls([]string{dir}, nil, "auto") {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%2000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc-min(before.HeapAlloc, now.HeapAlloc))
		}
	}
	t.Logf("%d files in %v, %d MiB more than before", n, time.Since(start).Round(time.Millisecond), most>>20)
	if n != files || most > 4<<20+files*400 {
		t.Errorf("%d of %d files, %d bytes more on the heap", n, files, most)
	}
}
