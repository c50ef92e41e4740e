package formats

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func gzipped(t *testing.T, data string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zipped(t *testing.T, nameAndData ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(nameAndData); i += 2 {
		f, err := w.Create(nameAndData[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, nameAndData[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestArchives(t *testing.T) {
	line := "{\"turns\":[{\"text\":\"a\"}]}\n"
	tests := []struct {
		name, path, data string
		want             []string // path, id and label of each call, or the error
	}{
		{"gzip", "x.jsonl.gz", gzipped(t, line+line), []string{"x.jsonl.gz x:1 ", "x.jsonl.gz x:2 "}},
		{"gzip of text", "x.txt.gz", gzipped(t, "caller: hi"), []string{"x.txt.gz x "}},
		{"zip", "z.zip", zipped(t, "b/scam/2.txt", "caller: hi", "b/legit/1.jsonl", line, "notes.md", "no", "__MACOSX/._1.txt", "no", ".x/1.txt", "no"),
			[]string{"z.zip/b/legit/1.jsonl 1:1 legit", "z.zip/b/scam/2.txt 2 scam"}},
		{"zip of gzip", "z.zip", zipped(t, "1.jsonl.gz", gzipped(t, line)), []string{"z.zip/1.jsonl.gz 1:1 "}},
		{"member outside", "z.zip", zipped(t, "../../1.txt", "caller: hi"), []string{"z.zip/1.txt 1 "}},
		{"empty zip", "z.zip", zipped(t), []string{"z.zip: no transcripts in this zip: want files ending in " + strings.Join(Endings(), ", ")}},
		{"broken gzip", "x.gz", "\x1f\x8b\x08\x00", []string{"x.gz: broken gzip: unexpected EOF"}},
		{"cut gzip", "x.txt.gz", gzipped(t, "caller: hi there")[:20], []string{"x.txt.gz: unexpected EOF"}},
		{"broken zip", "z.zip", "PK\x03\x04 and no more", []string{"z.zip: broken zip: the list of files at its end is missing"}},
		{"empty inside", "x.txt.gz", gzipped(t, ""), []string{"x.txt.gz: empty file: want a call transcript"}},
		{"too deep", "z.zip", zipped(t, "y.zip", zipped(t, "x.txt.gz", gzipped(t, "caller: hi"))),
			[]string{"z.zip/y.zip/x.txt.gz: archives stand in one another more than 2 deep, which is the limit"}},
		{"gzip bomb", "x.txt.gz", gzipped(t, strings.Repeat("a", 4*freeBytes)), []string{"x.txt.gz: unpacks to more than 250 times its size, which is the limit"}},
		{"zip bomb", "z.zip", zipped(t, "1.txt", strings.Repeat("a", 4*freeBytes), "2.txt", "caller: hi"),
			[]string{"z.zip/1.txt: unpacks to more than 250 times its size, which is the limit", "z.zip/2.txt 2 "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for ex, err := range Read(tt.path, strings.NewReader(tt.data), "auto") {
				if err != nil {
					got = append(got, err.Error())
					continue
				}
				got = append(got, fmt.Sprint(ex.Path, " ", ex.ID, " ", ex.Label))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestZipFile reads an archive from the disk, where it is not held in memory.
func TestZipFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calls.zip")
	if err := os.WriteFile(path, []byte(zipped(t, "1.txt", "caller: hi")), 0o644); err != nil {
		t.Fatal(err)
	}
	n := 0
	for ex, err := range Calls([]string{filepath.Dir(path)}, nil, "auto") {
		if err != nil || ex.ID != "1" {
			t.Errorf("call %q, error %v", ex.ID, err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

func TestZipDirectoryLimit(t *testing.T) {
	tests := []struct {
		name string
		edit func(end []byte)
		want string
	}{
		{"long", func(end []byte) { copy(end[12:], "\x00\x00\x00\x02") }, "the zip's list of files is larger than the limit of 16 MiB"},
		{"zip64", func(end []byte) { copy(end[10:], "\xff\xff") }, "zip64 archive"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := []byte(zipped(t, "1.txt", "caller: hi"))
			tt.edit(data[len(data)-22:])
			if _, errs := read(t, "z.zip", string(data)); len(errs) != 1 || !strings.Contains(errs[0], tt.want) {
				t.Errorf("errors %q, want %q", errs, tt.want)
			}
		})
	}
}

// endless gives an endless line.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestMemoryOfAGigabyteLine(t *testing.T) {
	for _, name := range []string{"jsonl", "text"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := io.MultiReader(strings.NewReader("{\"x\":\""), io.LimitReader(endless{}, 1<<30), strings.NewReader("\"}\n"))
		errs := 0
		for _, err := range Read("big", r, name) {
			if err == nil || !strings.Contains(err.Error(), "limit of 32 MiB") {
				t.Errorf("%s: error %v", name, err)
			}
			errs++
		}
		runtime.ReadMemStats(&after)
		if took := (after.Sys - before.Sys) >> 20; errs != 1 || took > 400 {
			t.Errorf("%s: %d errors, %d MiB from the system", name, errs, took)
		}
	}
}

func TestDepth(t *testing.T) {
	deep := "{\"turns\":" + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + "}"
	if _, errs := read(t, "d.jsonl", deep+"\n"); len(errs) != 1 || !strings.Contains(errs[0], "more than 200 levels") {
		t.Errorf("errors %.200q", errs)
	}
	quoted := "{\"turns\":[{\"text\":\"" + strings.Repeat("[\\\"{", 1000) + "\"}]}"
	if calls, errs := read(t, "d.jsonl", quoted+"\n"); len(calls) != 1 {
		t.Errorf("brackets in a text: %q", errs)
	}
}
