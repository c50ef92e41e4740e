package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
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
