package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"callscam/classify"
	"callscam/corpus"
)

// rest yields what an unfinished run had not come to. Calls that it had are
// read again, checked against the log and left out; errors are told again, so
// that the status is that of an unbroken run.
func (u *unfinished) rest(calls iter.Seq2[corpus.Example, error]) iter.Seq2[corpus.Example, error] {
	return func(yield func(corpus.Example, error) bool) {
		old, err := os.Open(u.path + logSuffix)
		if err != nil {
			u.err = err
			return
		}
		defer old.Close()
		log := bufio.NewScanner(old)
		log.Scan()
		left := u.done
		for ex, err := range calls {
			if err != nil || left == 0 {
				if !yield(ex, err) {
					return
				}
				continue
			}
			left--
			if u.err = u.same(log, &ex); u.err != nil {
				return
			}
		}
		if left > 0 {
			u.err = fmt.Errorf("the unfinished run had %d calls more than there are now", left)
		}
	}
}

// same compares a call with the next line of the log.
func (u *unfinished) same(log *bufio.Scanner, ex *corpus.Example) error {
	if !log.Scan() {
		return errors.Join(fmt.Errorf("%s ends early", u.told+logSuffix), log.Err())
	}
	digest, verdict, _ := bytes.Cut(log.Bytes(), []byte(" "))
	if string(digest) != callDigest(ex) {
		return fmt.Errorf("call %q of %s is not what the unfinished run read in its place: the input has changed", ex.ID, ex.Path)
	}
	u.seen[classify.Verdict(verdict)] = true
	return nil
}

// callDigest names a call by all that its result can depend on.
func callDigest(ex *corpus.Example) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q\n", ex.Path, ex.ID, ex.Lang, ex.Warnings)
	for i := range ex.Turns {
		t := &ex.Turns[i]
		fmt.Fprintf(h, "%d %d %d %d ", len(t.Speaker), t.Role, t.Start, t.End)
		io.WriteString(h, t.Speaker)
		io.WriteString(h, t.Text)
		io.WriteString(h, "\n")
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// headerLines returns how many lines come before the first result.
func headerLines(form string) int {
	if form == "table" || form == "csv" {
		return 1
	}
	return 0
}

// wholeLines counts the lines behind a place, most of them at most, and says
// where the last one ends. What follows the last line's end is no line.
func wholeLines(f *os.File, from int64, most int) (n int, end int64, err error) {
	if _, err := f.Seek(from, io.SeekStart); err != nil {
		return 0, 0, err
	}
	buf := make([]byte, 1<<16)
	at := from
	end = from
	for {
		k, err := f.Read(buf)
		for i := 0; i < k; {
			j := bytes.IndexByte(buf[i:k], '\n')
			if j < 0 || n == most {
				break
			}
			i += j + 1
			n, end = n+1, at+int64(i)
		}
		at += int64(k)
		if err == io.EOF || n == most {
			return n, end, nil
		}
		if err != nil {
			return 0, 0, err
		}
	}
}

// cutBehind ends the file behind the given number of lines, ready to go on.
func cutBehind(f *os.File, from int64, lines int) error {
	_, end, err := wholeLines(f, from, lines)
	if err != nil {
		return err
	}
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.Seek(end, io.SeekStart)
	return err
}
