package formats

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestFixtures reads every file of testdata/fixtures/FORMAT/ and compares what
// comes out with the golden file beside it.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "fixtures", "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		t.Run(filepath.ToSlash(strings.TrimPrefix(path, filepath.Join("testdata", "fixtures")+string(filepath.Separator))), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name := filepath.Join(filepath.Base(filepath.Dir(path)), filepath.Base(path))
			got := outcome(filepath.ToSlash(name), data)
			if *update {
				if err := os.WriteFile(path+".golden", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// outcome writes down all that reading a file gives.
func outcome(path string, data []byte) string {
	var b strings.Builder
	if f, note, err := choose(data[:min(len(data), sniffBytes)], path, "auto"); err == nil {
		fmt.Fprintf(&b, "format %s %s\n", f.Name, note)
	}
	for ex, err := range Read(path, bytes.NewReader(data), "auto") {
		if err != nil {
			fmt.Fprintf(&b, "error %v\n", err)
			continue
		}
		writeCall(&b, ex)
	}
	return b.String()
}

func writeCall(b *strings.Builder, ex corpus.Example) {
	fmt.Fprintf(b, "call %q lang=%q label=%q source=%q group=%q pretext=%q harm=%d path=%q\n", ex.ID, ex.Lang, ex.Label, ex.Source, ex.Group, ex.Pretext, ex.HarmTurn, ex.Path)
	for i, t := range ex.Turns {
		fmt.Fprintf(b, "%3d %s-%s %s/%s: %q\n", i+1, clockOf(t.Start), clockOf(t.End), t.Speaker, t.Role, t.Text)
	}
	for _, w := range ex.Warnings {
		fmt.Fprintf(b, "warning %s\n", w)
	}
}

func clockOf(ms int64) string {
	if ms == corpus.NoTime {
		return "?"
	}
	return fmt.Sprint(ms)
}
