package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"callscam/classify"
	"callscam/corpus"
)

// A run of score with -o F writes its results to F.partial and, before each
// result, a line about its call to F.partial.log: a digest of the call and its
// verdict. The log begins with what the run was told. When all is done,
// F.partial becomes F. A run that was broken off can thus be continued, and
// what it continues can be checked, however it ended.
const (
	partialSuffix = ".partial"
	logSuffix     = ".partial.log"
)

// runRecord is what must be the same in a run and its continuation, and when
// the run was started.
type runRecord struct {
	Schema  string `json:"schema"`
	Program string `json:"program"`
	Model   string `json:"model"`
	Output  string `json:"output"`
	Format  string `json:"format"`
	Redact  bool   `json:"redact"`
	Started string `json:"started"` // RFC 3339
}

const runSchema = "callscam.run/1"

// check returns an error that says what a continuation would do otherwise.
func (r runRecord) check(now runRecord) error {
	for _, d := range []struct{ what, was, is string }{
		{"record", r.Schema, now.Schema}, {"program", r.Program, now.Program}, {"model", r.Model, now.Model},
		{"--output", r.Output, now.Output}, {"--format", r.Format, now.Format},
		{"--redact", fmt.Sprint(r.Redact), fmt.Sprint(now.Redact)},
	} {
		if d.was != d.is {
			return fmt.Errorf("the unfinished run had %s %s, this one has %s", d.what, d.was, d.is)
		}
	}
	return nil
}

// unfinished is an output of score on its way.
type unfinished struct {
	told, path string
	run        runRecord // of the first run, where one is continued
	part, log  *os.File
	entries    *bufio.Writer // of the log
	done       int           // calls whose results the file already holds
	seen       map[classify.Verdict]bool
	err        error // why the input cannot be that of the unfinished run
}

// openUnfinished starts the output, or, with resume, takes up an unfinished one.
func openUnfinished(told string, run runRecord, resume bool) (*unfinished, error) {
	u := &unfinished{told: told, path: realPath(told), run: run, seen: map[classify.Verdict]bool{}}
	info, err := os.Stat(u.path + partialSuffix)
	found := err == nil && info.Size() > 0
	if found && !resume {
		return nil, fmt.Errorf("%s holds an unfinished run: continue it with --resume, or delete it", told+partialSuffix)
	}
	if err := u.open(); err != nil {
		u.close()
		return nil, err
	}
	if found {
		err = u.takeUp(run)
	} else {
		err = u.begin(run)
	}
	if err != nil {
		u.close()
		return nil, err
	}
	u.entries = bufio.NewWriter(u.log)
	return u, nil
}

func (u *unfinished) open() error {
	var err error
	if u.part, err = os.OpenFile(u.path+partialSuffix, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return cannotWrite(u.told, err)
	}
	if err := lock(u.part); err != nil {
		return fmt.Errorf("%s: another run is writing it", u.told+partialSuffix)
	}
	if u.log, err = os.OpenFile(u.path+logSuffix, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return cannotWrite(u.told, err)
	}
	return nil
}

// begin makes a new log with the run's record.
func (u *unfinished) begin(run runRecord) error {
	line, err := json.Marshal(run)
	if err != nil {
		return err
	}
	if err := u.log.Truncate(0); err != nil {
		return cannotWrite(u.told+logSuffix, err)
	}
	if _, err := u.log.Write(append(line, '\n')); err != nil {
		return cannotWrite(u.told+logSuffix, err)
	}
	return nil
}

// takeUp checks the record and cuts both files behind the last call that both
// hold in whole lines.
func (u *unfinished) takeUp(run runRecord) error {
	r := bufio.NewReader(u.log)
	head, err := r.ReadBytes('\n')
	var was runRecord
	if err != nil || json.Unmarshal(head, &was) != nil {
		return fmt.Errorf("%s does not say what was run: delete it and %s to start anew", u.told+logSuffix, u.told+partialSuffix)
	}
	if err := was.check(run); err != nil {
		return fmt.Errorf("%s: %w", u.told+partialSuffix, err)
	}
	u.run = was
	header := headerLines(run.Output)
	results, _, err := wholeLines(u.part, 0, -1)
	if err != nil {
		return err
	}
	logged, _, err := wholeLines(u.log, int64(len(head)), -1)
	if err != nil {
		return err
	}
	if u.done = max(0, min(results-header, logged)); u.done == 0 {
		header = 0
	}
	if err := cutBehind(u.part, 0, u.done+header); err != nil {
		return cannotWrite(u.told+partialSuffix, err)
	}
	if err := cutBehind(u.log, int64(len(head)), u.done); err != nil {
		return cannotWrite(u.told+logSuffix, err)
	}
	return nil
}

// note logs a call before its result is written.
func (u *unfinished) note(ex *corpus.Example, v classify.Verdict) error {
	_, err := fmt.Fprintf(u.entries, "%s %s\n", callDigest(ex), v)
	return err
}

// Write adds to the results. The log is never behind them.
func (u *unfinished) Write(b []byte) (int, error) {
	if err := u.entries.Flush(); err != nil {
		return 0, err
	}
	return u.part.Write(b)
}

// commit gives the whole output its name.
func (u *unfinished) commit() error {
	if info, err := os.Stat(u.path); err == nil {
		u.part.Chmod(info.Mode().Perm())
	}
	err := errors.Join(u.entries.Flush(), u.part.Sync())
	u.close()
	if err == nil {
		err = rename(u.path+partialSuffix, u.path)
	}
	if err != nil {
		return cannotWrite(u.told, err)
	}
	if err := os.Remove(u.path + logSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cannotWrite(u.told+logSuffix, err)
	}
	return nil
}

// abandon leaves what is done to a continuation, or nothing where nothing is.
func (u *unfinished) abandon() (kept bool) {
	u.entries.Flush()
	info, err := u.part.Stat()
	u.close()
	if err == nil && info.Size() > 0 {
		return true
	}
	os.Remove(u.path + partialSuffix)
	os.Remove(u.path + logSuffix)
	return false
}

func (u *unfinished) close() {
	if u.log != nil {
		u.log.Close()
	}
	if u.part != nil {
		u.part.Close()
	}
}
