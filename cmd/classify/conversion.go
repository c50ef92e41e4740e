package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"callscam/corpus"
	"callscam/corpus/formats"
)

// conversion reads calls, tells what cannot be read, and remembers the files
// that it came by, so that none of them is overwritten.
type conversion struct {
	c            *console
	inputs       []string
	read, failed int
	at           string
}

func (c *console) newConversion() *conversion {
	return &conversion{c: c, at: time.Now().UTC().Format(time.RFC3339)}
}

// each calls write for every call. An error of write ends it.
func (v *conversion) each(paths []string, format string, write func(*corpus.Example) error) error {
	v.inputs = slices.Clone(paths)
	warned := map[string]bool{}
	bar := bar{}
	if !onTerminal(v.c.out) {
		bar = v.c.progress("convert", -1)
	}
	defer bar.finish()
	for ex, err := range formats.Calls(paths, v.c.in, format) {
		var unread *formats.Error
		if errors.As(err, &unread) {
			v.came(unread.Path)
		}
		if err != nil {
			v.failed++
			bar.clear()
			v.c.tell("%v", err)
			continue
		}
		v.came(ex.Path)
		v.c.warn(&ex, warned)
		if err := write(&ex); err != nil {
			return err
		}
		v.read++
		bar.add(1)
	}
	return nil
}

func (v *conversion) came(path string) {
	if v.inputs[len(v.inputs)-1] != path {
		v.inputs = append(v.inputs, path)
	}
}

// mayReplace returns an error when the path is one of the inputs.
func (v *conversion) mayReplace(path string) error {
	target, err := os.Stat(path)
	if err != nil {
		return nil
	}
	for _, in := range v.inputs {
		if info, err := os.Stat(in); err == nil && os.SameFile(info, target) {
			return fmt.Errorf("%s is one of the inputs: want another file for -o", path)
		}
	}
	return nil
}

// toFile has work write to the file, which then replaces any of that name but
// an input, or to stdout where no file is named.
func (v *conversion) toFile(path string, work func(io.Writer) error) error {
	if path == "" {
		if err := work(v.c.out); err != nil {
			return err
		}
		return partial(v.read, v.failed)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder: want a file for -o", path)
	}
	o, err := createOutput(path)
	if err != nil {
		return err
	}
	defer o.discard()
	if err := work(o); err != nil {
		return err
	}
	if v.read == 0 {
		return partial(v.read, v.failed)
	}
	if err := v.mayReplace(path); err != nil {
		return err
	}
	if err := o.commit(); err != nil {
		return err
	}
	return partial(v.read, v.failed)
}
