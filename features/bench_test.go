package features

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"callscam/corpus"
)

// corpusTexts returns the turns of the calls that ship, as one call each file.
func corpusCalls(b *testing.B) ([]corpus.Transcript, int64) {
	var calls []corpus.Transcript
	bytes := int64(0)
	for _, lang := range []string{"en", "zh"} {
		files, err := filepath.Glob("../corpus/" + lang + "/*/*.txt")
		if err != nil || len(files) == 0 {
			b.Fatal(files, err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			var t corpus.Transcript
			for _, line := range strings.Split(string(data), "\n") {
				speaker, text, ok := strings.Cut(line, ": ")
				if !ok || strings.HasPrefix(line, "#") {
					speaker, text = "", line
				}
				t.Turns = append(t.Turns, corpus.Turn{Speaker: speaker, Text: text})
				bytes += int64(len(text))
			}
			calls = append(calls, t)
		}
	}
	return calls, bytes
}

// BenchmarkEvidence measures tokens, tactics, polarity and roles.
func BenchmarkEvidence(b *testing.B) {
	calls, bytes := corpusCalls(b)
	a := NewAnalyzer(defaultCatalog(b))
	for i := range calls {
		a.Read(&calls[i])
	}
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for i := range calls {
			a.Read(&calls[i])
		}
	}
}

func BenchmarkVector(b *testing.B) {
	calls, bytes := corpusCalls(b)
	c := defaultCatalog(b)
	a := NewAnalyzer(c)
	v := NewVectorizer(c, []string{"the", "your", "is", "you", "的"})
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for i := range calls {
			v.Vector(a.Read(&calls[i]))
		}
	}
}
