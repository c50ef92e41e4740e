package formats

import (
	"bufio"
	"compress/gzip"
	"fmt"

	"callscam/corpus"
)

func readGzip(path string, br *bufio.Reader, how reading, yield func(corpus.Example, error) bool) bool {
	packed := &counted{Reader: br}
	zr, err := gzip.NewReader(packed)
	if err != nil {
		return yield(corpus.Example{}, &Error{Path: path, Err: fmt.Errorf("broken gzip: %w", err)})
	}
	return readLayer(path, &bounded{Reader: zr, packed: func() int64 { return packed.n }}, how.inside(), yield)
}
