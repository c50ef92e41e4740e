package main

import (
	"context"
	"iter"
	"os"
	"time"

	"callscam/corpus"
)

// patience is how long an interrupted run may take to write what is finished.
const patience = 500 * time.Millisecond

// interruptible yields calls until ctx ends, even while their reader waits for
// input that does not come. The reader is then left to itself.
func interruptible(ctx context.Context, calls iter.Seq2[corpus.Example, error]) iter.Seq2[corpus.Example, error] {
	type item struct {
		example corpus.Example
		err     error
	}
	return func(yield func(corpus.Example, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		items := make(chan item)
		go func() {
			defer close(items)
			for ex, err := range calls {
				select {
				case items <- item{ex, err}:
				case <-ctx.Done():
					return
				}
			}
		}()
		for {
			select {
			case it, ok := <-items:
				if !ok || !yield(it.example, it.err) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// endInTime ends the program when it was interrupted and has not come to its
// end of itself since: somebody does not take the results. Over says that it
// has.
func (c *console) endInTime(ctx context.Context) (over func()) {
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case <-ctx.Done():
		}
		select {
		case <-ended:
		case <-time.After(patience):
			c.tell("interrupted while results wait to be taken")
			os.Exit(statusPartial)
		}
	}()
	return func() { close(ended) }
}
