package formats

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	return func(yield func(corpus.Example, error) bool) {
		for path, err := range files(paths) {
			if err != nil {
				if !yield(corpus.Example{}, err) {
					return
				}
				continue
			}
			named := slices.Contains(paths, path)
			how := reading{format: format, manifest: named, walked: !named}
			if !readFile(path, stdin, how, yield) {
				return
			}
		}
	}
}

func readFile(path string, stdin io.Reader, how reading, yield func(corpus.Example, error) bool) bool {
	r := stdin
	name := "stdin"
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return yield(corpus.Example{}, &Error{Path: path, Err: plainCause(err)})
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return yield(corpus.Example{}, &Error{Path: path, Err: fmt.Errorf("is a folder")})
		}
		r, name = f, path
	}
	return readLayer(name, r, how, yield)
}

// Files yields the files that Calls would read, in the same order, without
// opening them, and an *Error for each path that cannot be looked at.
func Files(paths []string) iter.Seq2[string, error] { return files(paths) }

func files(paths []string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, path := range paths {
			info, err := os.Stat(path)
			switch {
			case path == "-":
				if !yield(path, nil) {
					return
				}
			case err != nil:
				if !yield("", &Error{Path: path, Err: plainCause(err)}) {
					return
				}
			case !info.IsDir():
				if !yield(path, nil) {
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

func walk(root string, yield func(string, error) bool) bool {
	found, goOn := false, true
	endings := Endings()
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			found = true
			if goOn = yield("", &Error{Path: path, Err: plainCause(err)}); !goOn {
				return filepath.SkipAll
			}
			return nil
		}
		hidden := passedOver(d.Name()) && path != root
		switch {
		case d.IsDir() && hidden:
			return filepath.SkipDir
		case d.IsDir() || hidden || !slices.Contains(endings, ending(path)):
			return nil
		}
		found = true
		if goOn = yield(path, nil); !goOn {
			return filepath.SkipAll
		}
		return nil
	})
	if !found {
		return yield("", &Error{Path: root, Err: fmt.Errorf("no transcripts in this folder: want files ending in %s", strings.Join(endings, ", "))})
	}
	return goOn
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
