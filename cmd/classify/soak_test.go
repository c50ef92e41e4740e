package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// SOAK=1h go test ./cmd/classify -run TestSoak -timeout 0 -v feeds folders of
// good, damaged and hostile files to the commands in this process, and fails
// when memory, goroutines or open files grow.
func TestSoak(t *testing.T) {
	told := os.Getenv("SOAK")
	if told == "" {
		t.Skip("SOAK is not set: want how long, as 1h")
	}
	whole, err := time.ParseDuration(told)
	if err != nil {
		t.Fatal(err)
	}
	s := &soak{t: t, random: rand.New(rand.NewPCG(8, 5)), good: goodFiles(t), dir: t.TempDir()}
	labelled(t, s.dir+"/train")
	for range warmUp { // caches fill
		s.round()
	}
	start, kept := time.Now(), []usage{}
	for n := time.Duration(0); n < samples; {
		s.round()
		if time.Since(start) < whole*(n+1)/samples {
			continue
		}
		n++
		u := measured()
		kept = append(kept, u)
		t.Logf("%8v %6d rounds %7d files  heap %5.1f MiB  resident %6.1f MiB  %d goroutines  %d open files",
			time.Since(start).Round(time.Second), s.rounds, s.files, mib(u.heap), mib(u.resident), u.goroutines, u.open)
	}
	t.Logf("statuses: %v", s.statuses)
	checkFlat(t, kept)
}

const (
	warmUp  = 5
	samples = 20
)

type soak struct {
	t             *testing.T
	random        *rand.Rand
	good          []string
	dir           string
	rounds, files int
	statuses      [4]int
}

// goodFiles returns the samples, the scenarios and every format's fixtures.
func goodFiles(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, root := range []string{"testdata/samples", "testdata/scenarios", "../../corpus/formats/testdata/fixtures"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".golden") {
				all = append(all, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 50 {
		t.Fatalf("%d files", len(all))
	}
	return all
}

// round writes a folder and gives it to every command that reads calls.
func (s *soak) round() {
	s.rounds++
	dir := filepath.Join(s.dir, "round")
	if err := os.MkdirAll(dir+"/scam", 0o755); err != nil {
		s.t.Fatal(err)
	}
	for i := range 24 {
		s.write(fmt.Sprintf("%s/%02d", dir, i))
	}
	makePipe(dir + "/pipe.txt")
	os.Symlink("loop.txt", dir+"/loop.txt")
	os.Symlink("..", dir+"/scam/up")
	for _, form := range []string{"table", "jsonl", "csv", "vcon"} {
		s.run("score", "--output", form, "--jobs", strconv.Itoa(1+s.random.IntN(6)), dir)
	}
	to := filepath.Join(s.dir, "out")
	s.run("score", "--redact", "--output", "jsonl", "-o", to, dir)
	s.run("score", "--output", "jsonl", "-o", to, "--resume", dir, s.dir+"/gone")
	s.run("evaluate", s.dir+"/train", "--json", filepath.Join(s.dir, "e.json"))
	s.run("evaluate", dir)
	s.run("explain", dir)
	s.run("convert", dir, "--to", "txt", "-o", filepath.Join(s.dir, "converted"))
	s.run("convert", dir, "--to", "arff", "-o", filepath.Join(s.dir, "f.arff"))
	s.run("score", "--model", filepath.Join(dir, "00"), dir)
	if s.rounds%4 == 1 {
		model := filepath.Join(s.dir, "m.json")
		s.run("train", s.dir+"/train", "-o", model)
		s.run("train", dir, "-o", model)
		s.run("score", "--model", model, dir)
		s.run("audit", dir)
	}
	for _, gone := range []string{dir, s.dir + "/converted"} {
		if err := os.RemoveAll(gone); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *soak) run(args ...string) {
	status := run(args, strings.NewReader(calm), io.Discard, io.Discard, unguarded)
	if status < statusDone || status > statusFound {
		s.t.Fatalf("%q: status %d", args, status)
	}
	s.statuses[status]++
}

// write writes a good file, or one that was damaged in some way.
func (s *soak) write(path string) {
	s.files++
	from := s.good[s.random.IntN(len(s.good))]
	data, err := os.ReadFile(from)
	if err != nil {
		s.t.Fatal(err)
	}
	path += strings.ToLower(filepath.Ext(from))
	switch s.random.IntN(9) {
	case 0, 1, 2:
	case 3:
		data = data[:s.random.IntN(len(data)+1)]
	case 4:
		for range 1 + len(data)/50 {
			data[s.random.IntN(len(data))] ^= byte(1 << s.random.IntN(8))
		}
	case 5:
		data = bytes.Repeat(data, 1+s.random.IntN(40))
	case 6:
		at := s.random.IntN(len(data) + 1)
		data = slices.Concat(data[:at], []byte(odd[s.random.IntN(len(odd))]), data[at:])
	case 7:
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(bytes.Repeat(data, 1+s.random.IntN(200)))
		z.Close()
		data, path = b.Bytes(), path+".gz"
	case 8:
		data = make([]byte, s.random.IntN(100_000))
		for i := range data {
			data[i] = byte(s.random.Uint32())
		}
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// odd is what breaks readers, put anywhere into a file.
var odd = []string{"\x00", "\xff\xfe", "\x1b]0;x\a", strings.Repeat("[", 5000), strings.Repeat("{\"a\":", 3000), "\n\n\n", "\"", "\u202e", "PK\x03\x04", strings.Repeat("!", 20_000), strings.Repeat("一", 20_000), "\r"}

// usage is what the process takes.
type usage struct{ heap, resident, goroutines, open int }

func measured() usage {
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u := usage{heap: int(m.HeapAlloc), goroutines: runtime.NumGoroutine()}
	if files, err := os.ReadDir("/proc/self/fd"); err == nil {
		u.open = len(files)
	}
	if data, err := os.ReadFile("/proc/self/statm"); err == nil {
		var size, resident int
		fmt.Sscan(string(data), &size, &resident)
		u.resident = resident * os.Getpagesize()
	}
	return u
}

func mib(n int) float64 { return float64(n) / (1 << 20) }

// checkFlat compares the last third of the time with the first.
func checkFlat(t *testing.T, kept []usage) {
	t.Helper()
	third := len(kept) / 3
	first, last := kept[:third], kept[len(kept)-third:]
	for _, m := range []struct {
		what string
		of   func(usage) int
		room func(int) int
	}{
		{"heap", func(u usage) int { return u.heap }, func(n int) int { return n/5 + 8<<20 }},
		{"resident memory", func(u usage) int { return u.resident }, func(n int) int { return n/5 + 32<<20 }},
		{"goroutines", func(u usage) int { return u.goroutines }, func(int) int { return 2 }},
		{"open files", func(u usage) int { return u.open }, func(int) int { return 2 }},
	} {
		before, after := middle(first, m.of), middle(last, m.of)
		if after > before+m.room(before) {
			t.Errorf("%s grew from %d to %d", m.what, before, after)
		}
	}
}

// middle returns the median.
func middle(us []usage, of func(usage) int) int {
	var all []int
	for _, u := range us {
		all = append(all, of(u))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// A leak is seen.
func TestCheckFlat(t *testing.T) {
	for _, leak := range []usage{{heap: 4 << 20}, {resident: 8 << 20}, {goroutines: 1}, {open: 1}} {
		var kept []usage
		for i := range samples {
			kept = append(kept, usage{10<<20 + i*leak.heap, 90<<20 + i*leak.resident, 5 + i*leak.goroutines, 9 + i*leak.open})
		}
		seen := &testing.T{}
		checkFlat(seen, kept)
		if !seen.Failed() {
			t.Errorf("%+v more each time goes unnoticed", leak)
		}
	}
}
