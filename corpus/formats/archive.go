package formats

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"

	"callscam/corpus"
)

// Limits on archives and compressed files. Beyond them a file is refused with
// a sentence that names the limit.
const (
	// MaxArchiveDepth is how many archives may stand in one another.
	MaxArchiveDepth = 2
	// MaxArchiveFiles is how many files one archive may hold.
	MaxArchiveFiles = 65_534
	// MaxUnpackedBytes is what one compressed file may give.
	MaxUnpackedBytes = 8 << 30
	// MaxRatio is how many bytes may come of one compressed byte, beyond the
	// first freeBytes: transcripts give under 40, a bomb a thousand.
	MaxRatio = 250
	// MaxNestedZip is the size of a zip that must be held in memory, since it
	// comes through a pipe or stands in another archive.
	MaxNestedZip = 64 << 20

	freeBytes  = 1 << 20
	gzipEnding = ".gz"
	zipEnding  = ".zip"
)

// inside returns how to read what stands in an archive.
func (r reading) inside() reading {
	return reading{format: r.format, depth: r.depth + 1}
}

// readLayer reads a file of whatever kind, unpacking what is packed. It reports whether more calls are wanted.
func readLayer(path string, r io.Reader, how reading, yield func(corpus.Example, error) bool) bool {
	refuse := func(format string, args ...any) bool {
		return yield(corpus.Example{}, &Error{Path: path, Err: fmt.Errorf(format, args...)})
	}
	br := bufio.NewReaderSize(r, 512)
	magic, _ := br.Peek(4)
	gz, zip := bytes.HasPrefix(magic, []byte("\x1f\x8b")), bytes.HasPrefix(magic, []byte("PK\x03\x04")) || bytes.HasPrefix(magic, []byte("PK\x05\x06"))
	switch {
	case (gz || zip) && how.depth == MaxArchiveDepth:
		return refuse("archives stand in one another more than %d deep, which is the limit", MaxArchiveDepth)
	case gz:
		return readGzip(path, br, how, yield)
	case zip:
		at, size, err := seekable(r, br)
		if err != nil {
			return refuse("%w", err)
		}
		return readZip(path, at, size, how, yield)
	}
	return readPlain(path, br, how, yield)
}

// seekable returns an archive for reading at any place: an open file as it is,
// all else from memory.
func seekable(r io.Reader, br *bufio.Reader) (io.ReaderAt, int64, error) {
	told, _ := r.(*telling)
	if told != nil {
		r = told.Reader
	}
	if f, ok := r.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			if told != nil {
				return &tellingAt{f, told.took}, info.Size(), nil
			}
			return f, info.Size(), nil
		}
	}
	data, err := io.ReadAll(io.LimitReader(br, MaxNestedZip+1))
	if err != nil {
		return nil, 0, err
	}
	if len(data) > MaxNestedZip {
		return nil, 0, fmt.Errorf("zip is larger than the limit of %d MiB for one that comes through a pipe or stands in another archive", MaxNestedZip>>20)
	}
	return bytes.NewReader(data), int64(len(data)), nil
}

// counted counts the compressed bytes that were taken.
type counted struct {
	io.Reader
	n int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// bounded ends with an error when more comes out of a compressed file than
// its limits allow.
type bounded struct {
	io.Reader
	packed func() int64
	n      int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.n += int64(n)
	if b.n > freeBytes && b.n > MaxRatio*b.packed() {
		return 0, fmt.Errorf("unpacks to more than %d times its size, which is the limit", MaxRatio)
	}
	if b.n > MaxUnpackedBytes {
		return 0, fmt.Errorf("unpacks to more than %d GiB, which is the limit", MaxUnpackedBytes>>30)
	}
	return n, err
}
