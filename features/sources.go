package features

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// sources is what a catalog is made of, as it was written.
type sources struct {
	files   []sourceFile // *.tactic, in the order of their names
	classes string       // the text of classes.txt
}

type sourceFile struct{ name, text string }

// readSources reads all *.tactic files of a folder, and its classes.txt if it
// has one.
func readSources(dir fs.FS) (*sources, error) {
	names, err := fs.Glob(dir, "*.tactic")
	if err != nil {
		return nil, err
	}
	s := &sources{files: make([]sourceFile, len(names))}
	buf := make([]byte, 1<<15)
	for i, name := range names {
		text, err := readText(dir, name, buf)
		if err != nil {
			return nil, err
		}
		s.files[i] = sourceFile{name, text}
	}
	s.classes, err = readText(dir, classesFile, buf)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s, nil
}

// readText returns what a file holds, by way of buf: so that there is only one
// copy of it.
func readText(dir fs.FS, name string, buf []byte) (string, error) {
	f, err := dir.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(min(info.Size(), 1<<20)))
	}
	if _, err := io.CopyBuffer(&text, onlyReader{f}, buf); err != nil {
		return "", err
	}
	return text.String(), nil
}

// onlyReader hides how else its reader could be read, so that io.CopyBuffer
// uses its buffer.
type onlyReader struct{ io.Reader }

// digest returns the SHA-256 of every byte of the sources.
func (s *sources) digest() [sha256.Size]byte {
	h := sha256.New()
	buf := make([]byte, 1<<15)
	for _, f := range append(s.files[:len(s.files):len(s.files)], sourceFile{classesFile, s.classes}) {
		for _, text := range []string{f.name, f.text} {
			h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(text))))
			io.CopyBuffer(h, onlyReader{strings.NewReader(text)}, buf) // neither fails
		}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// inParallel calls do with 0 to n-1, several at a time. Of several errors the
// first number's is returned.
func inParallel(n int, do func(int) error) error {
	errs := make([]error, n)
	var next atomic.Int32
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	workers.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
