package formats

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"callscam/corpus"
)

// capped ends with errLineTooLong when more than MaxCallBytes are read between
// two resets: one JSON value may be no larger than that.
type capped struct {
	r    io.Reader
	left int
}

func (c *capped) reset() { c.left = MaxCallBytes }

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errLineTooLong
	}
	n, err := c.r.Read(p[:min(len(p), c.left)])
	c.left -= n
	return n, err
}

// decoder makes a call of one JSON object.
type decoder func(data []byte, path string) (corpus.Example, error)

// readValues returns the reader of files that hold one JSON object, a list of
// them, or one after another. A call without an ID is named after its file
// and, where it is not alone, its place.
func readValues(decode decoder) func(*source) iter.Seq2[corpus.Example, error] {
	return func(src *source) iter.Seq2[corpus.Example, error] {
		return func(yield func(corpus.Example, error) bool) {
			in := &capped{r: src.br}
			in.reset()
			dec := json.NewDecoder(in)
			for n := 1; ; n++ {
				var data json.RawMessage
				err := nextValue(dec, src.br, n, &data)
				if err == io.EOF {
					return
				}
				if err != nil {
					yield(corpus.Example{}, aboutObject(err, n, n == 1, src.path))
					return
				}
				in.reset()
				ex, err := decode(data, src.path)
				if err != nil {
					err = aboutObject(err, n, n == 1 && !dec.More(), src.path)
				} else if ex.ID == "" {
					ex.ID = stem(src.path)
					if n > 1 || dec.More() {
						ex.ID = fmt.Sprintf("%s:%d", ex.ID, n)
					}
				}
				if !yield(ex, err) {
					return
				}
			}
		}
	}
}

// aboutObject says which of several objects an error is about.
func aboutObject(err error, n int, alone bool, path string) error {
	if !alone {
		err = fmt.Errorf("object %d: %w", n, err)
	}
	return &Error{path, 0, err}
}

// nextValue reads the next object, or returns io.EOF. When it is called for
// the first, it enters the list that the file may hold.
func nextValue(dec *json.Decoder, br *bufio.Reader, n int, data *json.RawMessage) error {
	if n == 1 && opensList(br) {
		if _, err := dec.Token(); err != nil {
			return tooLarge(err)
		}
	}
	if dec.More() {
		return tooLarge(dec.Decode(data))
	}
	if _, err := dec.Token(); err != nil && err != io.EOF {
		return tooLarge(err)
	}
	if n == 1 {
		return errors.New("no calls: the list is empty")
	}
	return io.EOF
}

func opensList(br *bufio.Reader) bool {
	head, _ := br.Peek(sniffBytes)
	head = bytes.TrimSpace(head)
	return len(head) > 0 && head[0] == '['
}

func tooLarge(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errLineTooLong):
		return fmt.Errorf("larger than the limit of %d MiB a call", MaxCallBytes>>20)
	}
	return jsonError(err)
}
