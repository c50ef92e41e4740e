package main

import (
	"bytes"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// endless gives calls without end, and counts their bytes.
type endless struct{ taken atomic.Int64 }

var endlessCall = []byte(`{"turns":[{"speaker":"caller","text":"` + strings.Repeat("share your screen with me now ", 30) + "\"}]}\n")

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n+len(endlessCall) <= len(p) {
		n += copy(p[n:], endlessCall)
	}
	if n == 0 {
		return 0, errors.New("too little room for a call")
	}
	e.taken.Add(int64(n))
	return n, nil
}

// stuck takes nothing until it is let go, and then refuses.
type stuck struct{ free chan struct{} }

func (s *stuck) Write([]byte) (int, error) {
	<-s.free
	return 0, errors.New("nobody reads this")
}

// While nobody takes the results nothing is read ahead but what the workers
// have in hand.
func TestSlowConsumer(t *testing.T) {
	in, out := &endless{}, &stuck{make(chan struct{})}
	var errOut bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		ended <- run([]string{"score", "--output", "jsonl", "--jobs", "64", "-"}, in, out, &errOut, unguarded)
	}()
	last := int64(-1)
	for at := in.taken.Load(); at == 0 || at != last; at = in.taken.Load() {
		last = at
		time.Sleep(time.Second)
	}
	if most := int64(4 << 20); last > most {
		t.Errorf("%d bytes were read while nobody took a result", last)
	}
	close(out.free)
	select {
	case status := <-ended:
		if status != statusPartial || !strings.Contains(errOut.String(), "write results: nobody reads this") {
			t.Errorf("status %d: %s", status, errOut.String())
		}
	case <-time.After(time.Minute):
		t.Error("a run whose results are refused does not end")
	}
}
