package formats

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"callscam/corpus"
)

// maxDirectoryBytes bounds the list of files at the end of a zip, which is read
// into memory at once.
const maxDirectoryBytes = 16 << 20

// readZip yields the calls of a zip's members, in the order of their names as
// in a folder. Members that a folder walk would pass over are passed over.
func readZip(file string, r io.ReaderAt, size int64, how reading, yield func(corpus.Example, error) bool) bool {
	refuse := func(err error) bool { return yield(corpus.Example{}, &Error{Path: file, Err: err}) }
	if err := checkDirectory(r, size); err != nil {
		return refuse(err)
	}
	zr, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return refuse(fmt.Errorf("broken zip: %w", err))
	}
	if len(zr.File) > MaxArchiveFiles {
		return refuse(fmt.Errorf("zip of %d files: the limit is %d", len(zr.File), MaxArchiveFiles))
	}
	members := transcripts(zr.File)
	if len(members) == 0 {
		return refuse(fmt.Errorf("no transcripts in this zip: want files ending in %s", strings.Join(Endings(), ", ")))
	}
	for _, m := range members {
		if !readMember(file, m, how, yield) {
			return false
		}
	}
	return true
}

func readMember(file string, m *zip.File, how reading, yield func(corpus.Example, error) bool) bool {
	// The member's name is shown, and its folders may label it; nothing is
	// ever written or opened by it.
	inside := file + "/" + strings.TrimLeft(path.Clean("/"+strings.ToValidUTF8(m.Name, "\uFFFD")), "/")
	refuse := func(err error) bool { return yield(corpus.Example{}, &Error{Path: inside, Err: err}) }
	if m.Flags&1 != 0 {
		return refuse(errors.New("encrypted: want an archive without a password"))
	}
	body, err := m.Open()
	if err != nil {
		return refuse(fmt.Errorf("broken zip: %w", err))
	}
	defer body.Close()
	packed := max(int64(min(m.CompressedSize64, 1<<60)), 1)
	return readLayer(inside, &bounded{Reader: body, packed: func() int64 { return packed }}, how.inside(), yield)
}

// transcripts returns the members that a folder walk would read, sorted.
func transcripts(all []*zip.File) []*zip.File {
	endings := Endings()
	var kept []*zip.File
	for _, m := range all {
		hidden := slices.ContainsFunc(strings.Split(m.Name, "/"), func(part string) bool {
			return strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX"
		})
		if !hidden && !m.FileInfo().IsDir() && slices.Contains(endings, ending(m.Name)) {
			kept = append(kept, m)
		}
	}
	slices.SortStableFunc(kept, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	return kept
}

// checkDirectory refuses a zip whose list of files is larger than is to be held
// in memory, before that list is read. Package archive/zip reads from where the
// end record says, or from the size it gives, so both are checked.
func checkDirectory(r io.ReaderAt, size int64) error {
	const endSize, longestComment = 22, 1 << 16
	tail := make([]byte, min(size, endSize+longestComment))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return fmt.Errorf("broken zip: %w", err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endSize {
		return errors.New("broken zip: the list of files at its end is missing")
	}
	length := int64(binary.LittleEndian.Uint32(tail[at+12:]))
	start := int64(binary.LittleEndian.Uint32(tail[at+16:]))
	// Package archive/zip looks for the larger form on any of these.
	if length == 0xffff || length == 0xffffffff || start == 0xffffffff || binary.LittleEndian.Uint16(tail[at+10:]) == 0xffff {
		return errors.New("zip64 archive: the limit is 65,534 files and 4 GiB")
	}
	if end := size - int64(len(tail)-at); length > maxDirectoryBytes || end-start > maxDirectoryBytes {
		return fmt.Errorf("the zip's list of files is larger than the limit of %d MiB", maxDirectoryBytes>>20)
	}
	return nil
}
