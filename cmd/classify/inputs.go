package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"runtime/debug"

	"callscam/classify"
	"callscam/corpus"
	"callscam/corpus/formats"
	"callscam/features"
	"callscam/models"
)

// loadModel returns the classifier of a model file, or of the embedded model.
func loadModel(path string) (*classify.Classifier, error) {
	// Nearly all that is made here stays: collecting garbage meanwhile would
	// find none, and take half the time to the first verdict.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	data, name := models.Default, "default"
	if path != "" {
		name = path
		var err error
		if data, err = readModel(path); err != nil {
			return nil, err
		}
	}
	compiled := make(chan struct{})
	go func() {
		defer close(compiled)
		features.Default()
	}()
	m, err := classify.DecodeModel(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	<-compiled
	cat, err := features.Default()
	if err != nil {
		return nil, err
	}
	cl, err := classify.New(m, name, cat)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return cl, nil
}

// readModel reads a model file, and of a file that never ends no more than
// shows that it is too large.
func readModel(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, plainCause(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, classify.MaxModelBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, plainCause(err))
	}
	return data, nil
}

// calls yields the calls of the paths and tells of every one that cannot be
// read; failed counts those.
func (c *console) calls(paths []string, format string, failed *int) iter.Seq[corpus.Example] {
	return func(yield func(corpus.Example) bool) {
		for ex, err := range formats.Calls(paths, c.in, format) {
			if err != nil {
				*failed++
				c.tell("%v", err)
				continue
			}
			if !yield(ex) {
				return
			}
		}
	}
}

// examples reads all calls of the paths into memory, and counts what could not
// be read. It is an error when nothing could.
func (c *console) examples(paths []string) (all []corpus.Example, failed int, err error) {
	for ex := range c.calls(paths, "auto", &failed) {
		ex.Origin = nil // nobody writes results back: a vCon may hold a recording
		all = append(all, ex)
	}
	if len(all) == 0 {
		return nil, failed, partial(0, failed)
	}
	return all, failed, nil
}

// lessons returns what training and audits start from: the built-in tactics and
// the calls of the paths.
func (c *console) lessons(paths []string) (cat *features.Catalog, all []corpus.Example, failed int, err error) {
	if cat, err = features.Default(); err != nil {
		return nil, nil, 0, err
	}
	all, failed, err = c.examples(paths)
	return cat, all, failed, err
}

var errNothingRead = errors.New("no call could be read")

// partial returns the error that goes with some calls not having been read.
func partial(read, failed int) error {
	switch {
	case failed > 0:
		return exit(statusPartial)
	case read == 0:
		return failure{statusPartial, errNothingRead}
	}
	return nil
}
