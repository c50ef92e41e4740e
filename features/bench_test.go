package features

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

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

// BenchmarkEvidence measures tokens, tactics, polarity and roles, once the
// lexicon and the automaton know the calls.
func BenchmarkEvidence(b *testing.B) { benchRead(b, defaultCatalog(b)) }

// BenchmarkEvidenceTwice has every tactic of the catalog twice.
func BenchmarkEvidenceTwice(b *testing.B) {
	benchRead(b, enlarged(b, func(t *Tactic, line string) string { return line }))
}

// BenchmarkEvidenceDouble has as many other rules beside the catalog's: each
// with another word at its end.
func BenchmarkEvidenceDouble(b *testing.B) {
	words := []string{"the", "account", "zebra", "you", "lantern", "bank", "quarterly", "我", "银", "today", "window", "call"}
	n := 0
	benchRead(b, enlarged(b, func(t *Tactic, line string) string {
		n++
		return line + " ..2 " + words[n%len(words)]
	}))
}

func benchRead(b *testing.B, c *Catalog) {
	calls, bytes := corpusCalls(b)
	a := NewAnalyzer(c)
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

// enlarged returns the catalog that ships with a second tactic for each, made
// of the lines that change returns for its rules.
func enlarged(b *testing.B, change func(*Tactic, string) string) *Catalog {
	dir := fstest.MapFS{}
	err := fs.WalkDir(embedded, "tactics", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := embedded.ReadFile(file)
		name := path.Base(file)
		dir[name] = &fstest.MapFile{Data: data}
		if err != nil || path.Ext(file) != ".tactic" {
			return err
		}
		t, err := parseTactic(name, string(data))
		if err != nil {
			return err
		}
		lines := strings.Split(string(data), "\n")
		for _, r := range t.Rules {
			lines[r.Line-1] = "  " + change(t, r.Pattern)
		}
		for i, l := range lines {
			switch key, value, _ := strings.Cut(l, ": "); key {
			case "id":
				lines[i] = "id: X" + value
			case "name":
				lines[i] = "name: other_" + value
			}
		}
		dir["X"+name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n"))}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	c, err := LoadCatalog(dir)
	if err != nil {
		b.Fatal(err)
	}
	return c
}

func BenchmarkLoadCatalog(b *testing.B) {
	dir, err := fs.Sub(embedded, "tactics")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := LoadCatalog(dir); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWords(b *testing.B) {
	calls, bytes := corpusCalls(b)
	a := NewAnalyzer(defaultCatalog(b))
	var words []Word
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for i := range calls {
			for k := range calls[i].Turns {
				words = a.tok.words(calls[i].Turns[k].Text, words[:0])
			}
		}
	}
}

// BenchmarkWeigh measures the row and the running margin of calls that were
// read; BenchmarkVector the row alone.
func BenchmarkWeigh(b *testing.B) {
	benchDocs(b, func(v *Vectorizer) func(*Document) {
		w := v.NewWeigher(make([]float64, len(v.Features())), 0)
		return func(d *Document) { w.Weigh(d) }
	})
}

func BenchmarkVector(b *testing.B) {
	benchDocs(b, func(v *Vectorizer) func(*Document) {
		return func(d *Document) { v.Vector(d) }
	})
}

func benchDocs(b *testing.B, with func(*Vectorizer) func(*Document)) {
	calls, bytes := corpusCalls(b)
	c := defaultCatalog(b)
	a := NewAnalyzer(c)
	v := NewVectorizer(c, []string{"the", "your", "is", "you", "的", "you are", "验证"})
	docs := make([]*Document, len(calls))
	for i := range calls {
		docs[i] = a.Read(&calls[i])
		for k := range docs[i].Words {
			docs[i].Words[k] = slices.Clone(docs[i].Words[k])
		}
	}
	do := with(v)
	b.SetBytes(bytes)
	b.ReportAllocs()
	for b.Loop() {
		for _, d := range docs {
			do(d)
		}
	}
}
