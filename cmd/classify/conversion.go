package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"callscam/corpus"
	"callscam/corpus/formats"
)

// conversion reads calls and tells what cannot be read.
type conversion struct {
	c            *console
	read, failed int
	at           string
}

func (c *console) newConversion() *conversion {
	return &conversion{c: c, at: time.Now().UTC().Format(time.RFC3339)}
}

// each calls write for every call. An error of write ends it.
func (v *conversion) each(paths []string, format string, write func(*corpus.Example) error) error {
	warned := map[string]bool{}
	bar := bar{}
	if !onTerminal(v.c.out) {
		bar = v.c.progress("convert", -1)
	}
	defer bar.finish()
	for ex, err := range formats.Calls(paths, v.c.in, format) {
		if err != nil {
			v.failed++
			bar.clear()
			v.c.tell("%v", err)
			continue
		}
		v.c.warn(&ex, warned)
		if err := write(&ex); err != nil {
			return err
		}
		v.read++
		bar.add(1)
	}
	return nil
}

// toFile has work write to the file, which then replaces any of that name, or
// to stdout where no file is named.
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
	if err := o.commit(); err != nil {
		return err
	}
	return partial(v.read, v.failed)
}
