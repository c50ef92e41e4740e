package formats

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"callscam/corpus"
)

var errLineTooLong = errors.New("line too long")

// readLine returns the next line without its ending, or errLineTooLong after
// skipping a line of more than MaxCallBytes. Memory stays within the limit.
func readLine(br *bufio.Reader, buf []byte) ([]byte, error) {
	buf = buf[:0]
	for {
		part, err := br.ReadSlice('\n')
		if len(buf)+len(part) > MaxCallBytes {
			return buf, skipLine(br, err)
		}
		buf = append(buf, part...)
		switch {
		case err == nil:
			return bytes.TrimSuffix(bytes.TrimSuffix(buf, []byte("\n")), []byte("\r")), nil
		case err == bufio.ErrBufferFull:
		case err == io.EOF && len(buf) > 0:
			return buf, nil
		default:
			return buf, err
		}
	}
}

func skipLine(br *bufio.Reader, err error) error {
	for err == bufio.ErrBufferFull {
		_, err = br.ReadSlice('\n')
	}
	if err != nil && err != io.EOF {
		return err
	}
	return errLineTooLong
}

// readAll returns the rest of the file, or errLineTooLong beyond MaxCallBytes.
func readAll(br *bufio.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(br, MaxCallBytes+1))
	if err == nil && len(data) > MaxCallBytes {
		return nil, errLineTooLong
	}
	return data, err
}

// eachLine hands every line that is not blank to use, from the one that was
// read first, which has the number line. It ends when use or yield says so.
func eachLine(src *source, data []byte, line int, err error, yield func(corpus.Example, error) bool, use func(data []byte, line int) bool) {
	for ; ; line++ {
		switch {
		case err == io.EOF:
			return
		case err == errLineTooLong:
			if !yield(corpus.Example{}, src.errorf(line, "line is longer than the limit of %d MiB a call", MaxCallBytes>>20)) {
				return
			}
		case err != nil:
			yield(corpus.Example{}, &Error{src.path, line, err})
			return
		case len(bytes.TrimSpace(data)) > 0 && !use(data, line):
			return
		}
		data, err = readLine(src.br, data)
	}
}
