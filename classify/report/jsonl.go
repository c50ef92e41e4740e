package report

import (
	"io"

	"callscam/classify"
	"callscam/corpus"
)

// jsonlWriter writes what encoding/json writes, but for escapes, without
// looking at types anew for each of a result's some hundred numbers.
type jsonlWriter struct {
	w   io.Writer
	buf []byte
}

// flushBytes is how much is written at once.
const flushBytes = 1 << 16

func newJSONL(w io.Writer, _ string) Writer { return &jsonlWriter{w: w} }

func (w *jsonlWriter) Write(_ *corpus.Example, r *classify.Result) error {
	if err := finite(r); err != nil {
		return err
	}
	w.buf = append(appendResult(w.buf, r), '\n')
	if len(w.buf) < flushBytes {
		return nil
	}
	return w.Close()
}

func (w *jsonlWriter) Close() error {
	if len(w.buf) == 0 {
		return nil
	}
	_, err := w.w.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}
