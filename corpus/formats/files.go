package formats

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"callscam/corpus"
)

// Endings returns the endings that a folder's transcripts have, sorted; each
// may be followed by ".gz". A file
// that is named outright is read whatever its ending.
func Endings() []string {
	all := []string{zipEnding}
	for _, f := range All() {
		all = append(all, f.Endings...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Calls yields the calls of files, folders (walked in the order of their
// names) and "-" for stdin, in the order given. Every error concerns one call,
// file or folder; what can be read is yielded all the same.
func Calls(paths []string, stdin io.Reader, format string) iter.Seq2[corpus.Example, error] {
	return CallsTelling(paths, stdin, format, nil)
}

// CallsTelling is Calls that tells took, unless that is nil, how many more
// bytes of a file were read.
func CallsTelling(paths []string, stdin io.Reader, format string, took func(n int)) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		for file, err := range files(paths) {
			if err != nil {
				if !yield(corpus.Example{}, err) {
					return
				}
				continue
			}
			how := reading{format: format, manifest: !file.walked, walked: file.walked, took: took}
			if !readFile(file.path, stdin, how, yield) {
				return
			}
		}
	}
}

func readFile(path string, stdin io.Reader, how reading, yield func(corpus.Example, error) bool) bool {
	r := stdin
	name := "stdin"
	if path != "-" {
		f, err := open(path, how.walked)
		if err != nil {
			return yield(corpus.Example{}, &Error{Path: path, Err: plainCause(err)})
		}
		defer f.Close()
		r, name = f, path
	}
	if how.took != nil {
		r = &telling{r, how.took}
	}
	return readLayer(name, r, how, yield)
}

// telling tells of what is read through it.
type telling struct {
	io.Reader
	took func(n int)
}

func (t *telling) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	t.took(n)
	return n, err
}

// tellingAt is telling for what is read at any place.
type tellingAt struct {
	io.ReaderAt
	took func(n int)
}

func (t *tellingAt) ReadAt(p []byte, at int64) (int, error) {
	n, err := t.ReaderAt.ReadAt(p, at)
	t.took(n)
	return n, err
}

// open opens a file for reading. One that the user named may be a pipe or a
// device; one met on a walk must be a regular file, for it may wait for ever.
func open(path string, walked bool) (*os.File, error) {
	flag := os.O_RDONLY
	if walked {
		flag |= syscall.O_NONBLOCK // what was a file when it was listed may be a pipe by now
	}
	f, err := os.OpenFile(path, flag, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = errors.New("is a folder")
	case walked:
		err = checkRegular(info.Mode())
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// checkRegular returns an error that says what else a file is.
func checkRegular(mode fs.FileMode) error {
	kind := "no regular file"
	switch {
	case mode.IsRegular():
		return nil
	case mode&fs.ModeNamedPipe != 0:
		kind = "a named pipe"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	}
	return fmt.Errorf("is %s: skipped, since only files are read from a folder", kind)
}

// Files yields the files that Calls would read, in the same order, without
// opening them, and an *Error for each path that cannot be looked at.
func Files(paths []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for file, err := range files(paths) {
			if !yield(file.path, err) {
				return
			}
		}
	}
}

// found is a file to be read: named by the user, or met on a walk.
type found struct {
	path   string
	walked bool
}

func files(paths []string) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		for _, path := range paths {
			info, err := os.Stat(path)
			switch {
			case path == "-":
				if !yield(found{path: path}, nil) {
					return
				}
			case err != nil:
				if !yield(found{}, &Error{Path: path, Err: plainCause(err)}) {
					return
				}
			case !info.IsDir():
				if !yield(found{path: path}, nil) {
					return
				}
			default:
				if !walk(path, yield) {
					return
				}
			}
		}
	}
}

func walk(root string, yield func(found, error) bool) bool {
	any, goOn := false, true
	endings := Endings()
	give := func(f found, err error) error {
		any = true
		if goOn = yield(f, err); !goOn {
			return filepath.SkipAll
		}
		return nil
	}
	start := followed(root)
	filepath.WalkDir(start, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return give(found{}, &Error{Path: path, Err: plainCause(err)})
		}
		hidden := passedOver(d.Name()) && path != start
		switch {
		case d.IsDir() && hidden:
			return filepath.SkipDir
		case d.IsDir() || hidden || !slices.Contains(endings, ending(path)):
			return nil
		}
		if d.Type()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeCharDevice) != 0 {
			return give(found{}, &Error{Path: path, Err: checkRegular(d.Type())})
		}
		return give(found{path, true}, nil)
	})
	if !any {
		return yield(found{}, &Error{Path: root, Err: fmt.Errorf("no transcripts in this folder: want files ending in %s", strings.Join(endings, ", "))})
	}
	return goOn
}

// followed returns a path that a walk takes for the folder behind a link,
// where the user named a link to one.
func followed(root string) string {
	if info, err := os.Lstat(root); err == nil && info.Mode()&fs.ModeSymlink != 0 && !os.IsPathSeparator(root[len(root)-1]) {
		return root + string(filepath.Separator)
	}
	return root
}

// plainCause drops the path from an error of package os, since Error names it.
func plainCause(err error) error {
	if pe, ok := err.(*fs.PathError); ok {
		return pe.Err
	}
	return err
}

// passedOver reports whether a walk leaves a name out: hidden ones, and the
// folders that Go keeps what tests read in, which is no call of a corpus.
func passedOver(name string) bool { return strings.HasPrefix(name, ".") || name == "testdata" }
