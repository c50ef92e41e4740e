package report

import (
	"bufio"
	"encoding/json"
	"io"

	"callscam/classify"
)

type jsonlWriter struct {
	buf *bufio.Writer
	enc *json.Encoder
}

func newJSONL(w io.Writer) Writer {
	buf := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	return &jsonlWriter{buf, enc}
}

func (w *jsonlWriter) Write(r *classify.Result) error { return w.enc.Encode(r) }

func (w *jsonlWriter) Close() error { return w.buf.Flush() }
