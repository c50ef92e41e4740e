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
	buf, err := appendLine(buf[:0], br)
	return bytes.TrimSuffix(buf, []byte("\n")), err
}

// appendLine appends the next line, with \n for its ending whatever that was
// and also where the file ends without one. Of a line that is too long, or that
// an error cuts off, nothing is appended.
func appendLine(buf []byte, br *bufio.Reader) ([]byte, error) {
	from := len(buf)
	for {
		part, err := br.ReadSlice('\n')
		if len(buf)-from+len(part) > MaxCallBytes {
			return buf[:from], skipLine(br, err)
		}
		buf = append(buf, part...)
		switch {
		case err == nil, err == io.EOF && len(buf) > from:
			line := bytes.TrimSuffix(buf[from:], []byte("\n"))
			if err == nil {
				line = bytes.TrimSuffix(line, []byte("\r"))
			}
			return append(buf[:from+len(line)], '\n'), nil
		case err == bufio.ErrBufferFull:
		default:
			return buf[:from], err
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
