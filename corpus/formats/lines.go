package formats

import (
	"bufio"
	"bytes"
	"errors"
	"io"
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
