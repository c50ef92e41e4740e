package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// output is a file that appears under its name only when it is whole. What is
// no regular file (a device, a pipe) is written as it is.
type output struct {
	*os.File
	told   string      // the path as the user gave it
	path   string      // where it leads
	mode   fs.FileMode // of the file that is replaced, or 0
	direct bool
}

func createOutput(path string) (*output, error) {
	o := &output{told: path, path: realPath(path)}
	info, err := os.Stat(o.path)
	switch {
	case err == nil && info.IsDir():
		return nil, cannotWrite(path, errors.New("is a folder"))
	case err == nil && !info.Mode().IsRegular():
		o.direct = true
		o.File, err = os.OpenFile(o.path, os.O_WRONLY, 0)
	default:
		if err == nil {
			o.mode = info.Mode().Perm()
		}
		o.File, err = createBeside(o.path)
	}
	if err != nil {
		return nil, cannotWrite(path, err)
	}
	return o, nil
}

// createBeside opens a new hidden file in the path's folder, with the rights
// that the user's umask gives.
func createBeside(path string) (*os.File, error) {
	for i := 0; ; i++ {
		name := fmt.Sprintf(".%s.partial-%d-%d", filepath.Base(path), os.Getpid(), i)
		f, err := os.OpenFile(filepath.Join(filepath.Dir(path), name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) || i > 100 {
			return f, plainCause(err)
		}
	}
}

// commit closes the file and gives it its name.
func (o *output) commit() error {
	if o.direct {
		return o.wrap(o.Close())
	}
	if o.mode != 0 {
		if err := o.Chmod(o.mode); err != nil {
			return o.wrap(err)
		}
	}
	if err := o.Sync(); err != nil {
		return o.wrap(err)
	}
	return o.commitSoon()
}

// commitSoon is commit without waiting for the disk, for one of thousands of
// files: should the machine fail, not the program, the file may be missing.
func (o *output) commitSoon() error {
	if err := o.Close(); err != nil {
		return o.wrap(err)
	}
	return o.wrap(rename(o.Name(), o.path))
}

// rename gives a file its name and sees to it that a power cut does not take
// the name back, where the system can promise that.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(to)); err == nil {
		dir.Sync()
		dir.Close()
	}
	return nil
}

// discard removes what was written; after commit it does nothing.
func (o *output) discard() {
	o.Close()
	if !o.direct {
		os.Remove(o.Name())
	}
}

func (o *output) wrap(err error) error {
	if err == nil {
		return nil
	}
	return cannotWrite(o.told, err)
}

// writeFile writes a whole file. A failure is no misuse.
func writeFile(path string, data []byte) error {
	o, err := createOutput(path)
	if err != nil {
		return err
	}
	defer o.discard()
	if _, err := o.Write(data); err != nil {
		return o.wrap(err)
	}
	return o.commit()
}

func cannotWrite(path string, err error) error {
	return failure{statusPartial, fmt.Errorf("write %s: %w", path, plainCause(err))}
}

// plainCause drops the path from an error of package os where the sentence
// names the user's own.
func plainCause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
