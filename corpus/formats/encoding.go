package formats

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// recoder gives a file's bytes as UTF-8 without a mark. What a file is written
// in is decided by its mark or by the first stretch that holds anything but
// ASCII, so that a file whose first megabytes are ASCII is read right too.
type recoder struct {
	br      *bufio.Reader
	decided io.Reader // nil while all was ASCII
	charset string    // the encoding's name, empty for UTF-8
}

func newRecoder(r io.Reader) *recoder {
	rec := &recoder{br: bufio.NewReaderSize(r, sniffBytes)}
	head, _ := rec.br.Peek(sniffBytes)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		rec.br.Discard(3)
		rec.decided = rec.br
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		rec.utf16("UTF-16LE", unicode.LittleEndian)
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		rec.utf16("UTF-16BE", unicode.BigEndian)
	case zerosAt(head, 1):
		rec.utf16("UTF-16LE", unicode.LittleEndian)
	case zerosAt(head, 0):
		rec.utf16("UTF-16BE", unicode.BigEndian)
	}
	return rec
}

func (r *recoder) utf16(name string, order unicode.Endianness) {
	r.charset = name
	r.decided = transform.NewReader(r.br, unicode.UTF16(order, unicode.UseBOM).NewDecoder())
}

// zerosAt reports whether the bytes at even (0) or odd (1) places are mostly
// zero and the others hardly ever, as Latin letters are in UTF-16.
func zerosAt(head []byte, odd int) bool {
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	return half > 1 && zeros[odd]*2 > half && zeros[1-odd]*50 <= half
}

// Read gives the next bytes as UTF-8.
func (r *recoder) Read(p []byte) (int, error) {
	if r.decided != nil {
		return r.decided.Read(p)
	}
	window, err := r.br.Peek(sniffBytes)
	if len(window) == 0 {
		return 0, err
	}
	ascii := asciiPrefix(window)
	if ascii > 0 {
		n := copy(p, window[:ascii])
		r.br.Discard(n)
		return n, nil
	}
	cs := guess(window)
	r.decided = r.br
	if cs.decoder != nil {
		r.charset = cs.name
		r.decided = transform.NewReader(r.br, cs.decoder.NewDecoder())
	}
	return r.decided.Read(p)
}

func asciiPrefix(b []byte) int {
	for i, c := range b {
		if c >= 0x80 {
			return i
		}
	}
	return len(b)
}

// warning tells what the file was read as, or nothing where it was UTF-8.
func (r *recoder) warning() string {
	if r.charset == "" {
		return ""
	}
	return "the file is not UTF-8: read as " + r.charset
}
