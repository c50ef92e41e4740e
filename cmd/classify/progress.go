package main

import (
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"callscam/corpus/formats"
)

// bar shows progress on a terminal and is silent elsewhere.
type bar struct{ p *progressbar.ProgressBar }

// progress starts a bar; total -1 means that it is not known.
func (c *console) progress(what string, total int) bar {
	if !onTerminal(c.err) {
		return bar{}
	}
	return bar{progressbar.NewOptions(total,
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWriter(c.err),
		progressbar.OptionSetWidth(24),
		progressbar.OptionShowCount(),
		progressbar.OptionShowIts(),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

func onTerminal(w io.Writer) bool {
	if s, ok := w.(*sink); ok {
		w = s.to
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (b bar) add(n int) {
	if b.p != nil {
		b.p.Add(n)
	}
}

func (b bar) set(n int) {
	if b.p != nil {
		b.p.Set(n)
	}
}

func (b bar) clear() {
	if b.p != nil {
		b.p.Clear()
	}
}

func (b bar) finish() {
	if b.p != nil {
		b.p.Finish()
	}
}

// readingBar shows how far the reading of calls has come: calls, bytes, bytes
// a second and, where all that is read are files, the time left. Nil shows
// nothing.
type readingBar struct {
	bar
	what  string
	calls int
	bytes atomic.Int64 // taken by who reads
	total int64        // or -1
}

// mostSized is how many files are looked at to know how much there is to read.
const mostSized = 100_000

func (c *console) reading(what string, paths []string) *readingBar {
	if !onTerminal(c.err) {
		return nil
	}
	b := &readingBar{what: what, total: sizeOf(paths)}
	b.p = progressbar.NewOptions64(b.total,
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWriter(c.err),
		progressbar.OptionSetWidth(24),
		progressbar.OptionShowBytes(true),
		progressbar.OptionShowTotalBytes(true),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)
	return b
}

// sizeOf returns the bytes of all files that the paths lead to, or -1 where
// that cannot be known.
func sizeOf(paths []string) int64 {
	total, n := int64(0), 0
	for path := range formats.Files(paths) {
		info, err := os.Stat(path)
		if n++; n > mostSized || path == "-" || err == nil && !info.Mode().IsRegular() {
			return -1
		}
		if err == nil {
			total += info.Size()
		}
	}
	if total == 0 {
		return -1
	}
	return total
}

// took returns what is told of bytes that were read, by another goroutine than
// the others, or nil.
func (b *readingBar) took() func(n int) {
	if b == nil {
		return nil
	}
	return func(n int) { b.bytes.Add(int64(n)) }
}

// call is told of a call that is done with.
func (b *readingBar) call() {
	if b == nil {
		return
	}
	b.calls++
	b.p.Describe(fmt.Sprintf("%s, %d calls", b.what, b.calls))
	at := b.bytes.Load()
	if b.total > 0 {
		at = min(at, b.total-1) // what is read is not yet scored
	}
	b.p.Set64(at)
}

func (b *readingBar) clear() {
	if b != nil {
		b.bar.clear()
	}
}

func (b *readingBar) finish() {
	if b != nil {
		b.bar.finish()
	}
}

// steps shows a bar for each step of a longer work.
type steps struct {
	c    *console
	bars map[string]bar
}

func (c *console) steps() *steps { return &steps{c, map[string]bar{}} }

func (s *steps) tell(step string, done, total int) {
	b, ok := s.bars[step]
	if !ok {
		b = s.c.progress(step, total)
		s.bars[step] = b
	}
	b.set(done)
}

func (s *steps) finish() {
	for _, b := range s.bars {
		b.finish()
	}
}
