package features

import (
	"bytes"
	"flag"
	"io/fs"
	"math/rand"
	"os"
	"testing"

	"callscam/corpus"

	"github.com/google/go-cmp/cmp"
)

var compiledTo = flag.String("compiled", "", "write the program of the rules that ship to this file")

// shippedSources returns the rules that ship, and the catalog compiled of them.
func shippedSources(t *testing.T) (*sources, *Catalog) {
	t.Helper()
	sub, err := fs.Sub(embedded, "tactics")
	if err != nil {
		t.Fatal(err)
	}
	s, err := readSources(sub)
	if err != nil {
		t.Fatal(err)
	}
	c, err := LoadCatalog(sub)
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// The program that ships is what the rules that ship give, to the byte. Where
// the rules were changed and it was not, it is not used: make check tells.
func TestCompiled(t *testing.T) {
	s, c := shippedSources(t)
	want, err := writeCompiled(c, s.digest())
	if err != nil {
		t.Fatal(err)
	}
	if *compiledTo != "" {
		if old, err := os.ReadFile(*compiledTo); err == nil && bytes.Equal(old, want) {
			return
		}
		if err := os.WriteFile(*compiledTo, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	switch sources := s.digest(); {
	case !bytes.Contains(compiledFile[:min(len(compiledFile), len(compiledFormat)+len(sources))], sources[:]):
		t.Skip("features/compiled.bin was made from other rules, and is not used: run make compiled")
	case !bytes.Equal(compiledFile, want):
		t.Error("features/compiled.bin is not what this program makes of the same rules: run make compiled")
	}
}

// A program that was read finds what the one that was written finds.
func TestReadCompiled(t *testing.T) {
	s, c := shippedSources(t)
	file, err := writeCompiled(c, s.digest())
	if err != nil {
		t.Fatal(err)
	}
	done := readCompiled(file, s.digest())
	if done == nil || done.digest != c.Digest || done.rules != len(c.owner) {
		t.Fatalf("got %+v", done)
	}
	read := &Catalog{Tactics: c.Tactics, Digest: c.Digest, owner: c.owner, prog: done.prog}
	if again, err := writeCompiled(read, s.digest()); err != nil || !bytes.Equal(again, file) {
		t.Errorf("written again it is another file: %v", err)
	}
	a, b := NewAnalyzer(c), NewAnalyzer(read)
	rng := rand.New(rand.NewSource(3))
	calls := []*corpus.Transcript{{}}
	for i := range c.Tactics {
		for _, ex := range c.Tactics[i].Examples {
			calls[0].Turns = append(calls[0].Turns, corpus.Turn{Speaker: ex.Lang, Text: ex.Text})
		}
	}
	for range 200 {
		calls = append(calls, randomCall(rng, "A", "B"))
	}
	for _, call := range calls {
		if diff := cmp.Diff(a.Read(call).Evidence, b.Read(call).Evidence); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestReadCompiledRefuses(t *testing.T) {
	c, err := miniCatalog(t, map[string]string{"x.tactic": "en:\n share (your|the) screen\nzh:\n 共享屏幕"})
	if err != nil {
		t.Fatal(err)
	}
	var made, other [32]byte
	other[0] = 1
	file, err := writeCompiled(c, made)
	if err != nil || readCompiled(file, made) == nil {
		t.Fatal("not what was written", err)
	}
	if readCompiled(file, other) != nil {
		t.Error("a program of other rules is used")
	}
	for i := range file {
		if readCompiled(file[:i], made) != nil {
			t.Errorf("the first %d bytes of %d are used", i, len(file))
		}
		file[i] ^= 0x20
		if readCompiled(file, made) != nil {
			t.Errorf("a file with another byte %d is used", i)
		}
		file[i] ^= 0x20
	}
}

// FuzzDecodeProgram gives the reader what no writer made, with a checksum that
// holds.
func FuzzDecodeProgram(f *testing.F) {
	c, err := miniCatalog(f, map[string]string{"x.tactic": "en:\n share (your|the) screen\n a ..3 b\nzh:\n 共享屏幕"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(encodeProgram(c.prog, make([]byte, 32), len(c.owner)))
	f.Fuzz(func(t *testing.T, body []byte) { decodeProgram(body) })
}
