package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// output is a file that appears under its name only when it is whole.
type output struct {
	*os.File
	path string
}

func createOutput(path string) (*output, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".partial-*")
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	return &output{f, path}, nil
}

// commit closes the file and gives it its name.
func (o *output) commit() error {
	if err := o.Sync(); err != nil {
		return cannotWrite(o.path, err)
	}
	return o.commitSoon()
}

// commitSoon is commit without waiting for the disk, for one of thousands of
// files: should the machine fail, not the program, the file may be missing.
func (o *output) commitSoon() error {
	if err := o.Close(); err != nil {
		return cannotWrite(o.path, err)
	}
	if err := os.Chmod(o.Name(), 0o644); err != nil {
		return cannotWrite(o.path, err)
	}
	if err := os.Rename(o.Name(), o.path); err != nil {
		return cannotWrite(o.path, err)
	}
	return nil
}

// discard removes what was written; after commit it does nothing.
func (o *output) discard() {
	o.Close()
	os.Remove(o.Name())
}

// writeFile writes a whole file. A failure is no misuse.
func writeFile(path string, data []byte) error {
	o, err := createOutput(path)
	if err != nil {
		return err
	}
	defer o.discard()
	if _, err := o.Write(data); err != nil {
		return cannotWrite(path, err)
	}
	return o.commit()
}

func cannotWrite(path string, err error) error {
	return failure{statusPartial, fmt.Errorf("write %s: %w", path, err)}
}
