package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"callscam/corpus/formats"
)

// callFolder gives each call a file of its own.
type callFolder struct {
	dir, ending string
	taken       map[string]bool
}

// newCallFolder makes the folder. It must not lie in one that is read: what is
// written would be read again.
func newCallFolder(dir string, form formats.Form, inputs []string) (*callFolder, error) {
	if strings.HasSuffix(strings.ToLower(dir), filepath.Ext(form.Ending)) {
		return nil, fmt.Errorf("-o %q looks like a file: want a folder for --to %s; without -o a single call goes to stdout", dir, form.Name)
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s is a file: want a folder for --to %s", dir, form.Name)
	}
	for _, in := range inputs {
		if info, err := os.Stat(in); err == nil && info.IsDir() && within(dir, in) {
			return nil, fmt.Errorf("-o %q lies in %q, which is read: want a folder elsewhere", dir, in)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, cannotWrite(dir, err)
	}
	return &callFolder{dir, form.Ending, map[string]bool{}}, nil
}

func (d *callFolder) write(id string, data []byte) error {
	path := filepath.Join(d.dir, d.name(id))
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s is there already: want a folder without it", path)
	}
	o, err := createOutput(path)
	if err != nil {
		return err
	}
	defer o.discard()
	if _, err := o.Write(data); err != nil {
		return cannotWrite(path, err)
	}
	return o.commitSoon()
}

// name returns a file name that no call of this run has. Systems that do not
// tell case apart must not mix up two calls.
func (d *callFolder) name(id string) string {
	stem := safeName(id)
	name := stem
	for n := 2; d.taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s-%d", stem, n)
	}
	d.taken[strings.ToLower(name)] = true
	return name + d.ending
}

// within reports whether a path, which need not exist, lies in a folder or is
// that folder.
func within(path, folder string) bool {
	path, folder = realPath(path), realPath(folder)
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}
