package report

import (
	"bufio"
	"encoding/json"
	"io"

	"callscam/classify"
	"callscam/corpus"
)

type jsonlWriter struct {
	buf *bufio.Writer
	enc *json.Encoder
}

func newJSONL(w io.Writer, _ string) Writer {
	buf := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(plainJSON{buf})
	enc.SetEscapeHTML(false)
	return &jsonlWriter{buf, enc}
}

func (w *jsonlWriter) Write(_ *corpus.Example, r *classify.Result) error { return w.enc.Encode(r) }

func (w *jsonlWriter) Close() error { return w.buf.Flush() }
