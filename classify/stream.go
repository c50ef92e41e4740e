package classify

import (
	"context"
	"iter"
	"sync"

	"callscam/corpus"
)

// Scored is one call's outcome: a result, or the error of a call that could
// not be read. The example is the input.
type Scored struct {
	Example corpus.Example
	Result  *Result
	Err     error
}

// Stream scores calls with jobs workers and yields the outcomes in the order
// of the calls. At most a few calls a worker are held at a time, so memory does
// not depend on how many there are, and a slow consumer slows the reading. It
// ends early when ctx does.
func (c *Classifier) Stream(ctx context.Context, calls iter.Seq2[corpus.Example, error], jobs int) iter.Seq[Scored] {
	return func(yield func(Scored) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		jobs = max(jobs, 1)
		work := make(chan task, jobs)
		queue := make(chan chan Scored, 4*jobs)
		var workers sync.WaitGroup
		for range jobs {
			workers.Go(func() {
				s := c.NewScorer()
				for t := range work {
					t.done <- s.scored(t)
				}
			})
		}
		workers.Go(func() { feed(ctx, calls, work, queue) })
		defer workers.Wait()
		defer cancel()
		for done := range queue {
			if !yield(<-done) {
				cancel()
				for done := range queue {
					<-done
				}
				return
			}
		}
	}
}

type task struct {
	example corpus.Example
	err     error
	done    chan Scored
}

func feed(ctx context.Context, calls iter.Seq2[corpus.Example, error], work chan<- task, queue chan<- chan Scored) {
	defer close(queue)
	defer close(work)
	for ex, err := range calls {
		t := task{ex, err, make(chan Scored, 1)}
		select {
		case queue <- t.done:
		case <-ctx.Done():
			return
		}
		work <- t
		if ctx.Err() != nil {
			return
		}
	}
}

func (s *Scorer) scored(t task) Scored {
	out := Scored{Example: t.example, Err: t.err}
	if t.err == nil {
		out.Result = s.Score(&out.Example.Transcript)
	}
	return out
}
