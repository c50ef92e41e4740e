package formats

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFixturesRoundTrip writes the calls of every fixture in every form and
// wants them back unchanged.
func TestFixturesRoundTrip(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "fixtures", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for _, path := range files {
		if strings.HasSuffix(path, ".golden") {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for ex, err := range Read(path, bytes.NewReader(data), "auto") {
			if err == nil {
				checkRoundTrip(t, ex)
				calls++
			}
		}
		if t.Failed() {
			t.Fatal(path)
		}
	}
	if calls < len(files)/2 {
		t.Errorf("%d calls of %d files", calls, len(files)/2)
	}
}

// Every format has a fixture, and every fixture that is a call has turns.
func TestEveryFormatHasAFixture(t *testing.T) {
	for _, name := range Names() {
		files, err := filepath.Glob(filepath.Join("testdata", "fixtures", name, "*.golden"))
		if err != nil {
			t.Fatal(err)
		}
		turns := false
		for _, path := range files {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			turns = turns || bytes.HasPrefix(data, []byte("format "+name+" ")) && bytes.Contains(data, []byte("\n  1 "))
		}
		if !turns {
			t.Errorf("no golden file shows turns read as %s", name)
		}
	}
}
