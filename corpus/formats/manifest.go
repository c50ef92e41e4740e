package formats

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"callscam/corpus"
)

// isManifest holds for a table that names files in place of their text.
func (t *table) isManifest() bool {
	return t.header && t.columns.has(pathColumn) && !t.columns.has(textColumn)
}

// readManifest yields the calls of the files that a table's path column names,
// with the label, language, source and group of their row. The files stand
// beside the table or in folders below it; nothing else is opened.
func readManifest(src *source, t table, yield func(corpus.Example, error) bool) {
	if !src.how.manifest {
		yield(corpus.Example{}, src.errorf(0, "a list of files: it is read only where it is itself named, outside of archives"))
		return
	}
	root, err := os.OpenRoot(filepath.Dir(src.path))
	if err != nil {
		yield(corpus.Example{}, &Error{src.path, 0, plainCause(err)})
		return
	}
	defer root.Close()
	rows := newRows(src, t)
	for {
		row, fatal, err := rows.next()
		if err == io.EOF {
			return
		}
		if err != nil {
			if !yield(corpus.Example{}, err) || fatal {
				return
			}
			continue
		}
		if !rows.file(root, row, yield) {
			return
		}
	}
}

// file yields the calls of one row's file.
func (t *tableRows) file(root *os.Root, row []string, yield func(corpus.Example, error) bool) bool {
	name := filepath.FromSlash(t.columns.at(row, pathColumn))
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return yield(corpus.Example{}, t.src.errorf(t.line, "%q: %w", name, plainCause(err)))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && !info.Mode().IsRegular() {
		return yield(corpus.Example{}, t.src.errorf(t.line, "%q: want a file", name))
	}
	told := func(ex corpus.Example, err error) bool {
		if err == nil {
			t.add(&ex, row)
		}
		return yield(ex, err)
	}
	return readLayer(filepath.Join(filepath.Dir(t.src.path), name), f, reading{format: "auto"}, told)
}

// add fills in what a row tells of its file's calls.
func (t *tableRows) add(ex *corpus.Example, row []string) {
	var said corpus.Example
	t.describe(&said, row)
	t.tell(&said)
	if said.Label != corpus.Unlabelled {
		ex.Label = said.Label
	}
	for _, v := range []struct{ to, from *string }{{&ex.Lang, &said.Lang}, {&ex.Source, &said.Source}, {&ex.Group, &said.Group}, {&ex.Pretext, &said.Pretext}} {
		if *v.from != "" {
			*v.to = *v.from
		}
	}
	for _, w := range said.Warnings {
		ex.Warnings = append(ex.Warnings, fmt.Sprintf("%s: %s", filepath.Base(t.src.path), w))
	}
}
