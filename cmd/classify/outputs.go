package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"callscam/corpus/formats"
)

// writesKey marks the flags that name what a command writes.
const writesKey = "writes"

// outputFlag adds a flag that names a file, or folder, that the command writes.
// Only what stands in such a flag can be written: the process gives up the
// rest before it reads anything.
func outputFlag(fl *pflag.FlagSet, to *string, name, short, value, usage string) {
	fl.StringVarP(to, name, short, value, usage)
	fl.Lookup(name).Annotations = map[string][]string{writesKey: {"yes"}}
}

// redactFlag adds the flag of every command that quotes.
func redactFlag(fl *pflag.FlagSet, to *bool) {
	fl.BoolVar(to, "redact", false, "mask numbers, codes and addresses in all that is quoted")
}

// outputs returns what the command's flags tell it to write.
func outputs(cmd *cobra.Command) []string {
	var paths []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Annotations[writesKey] != nil && f.Value.String() != "" {
			paths = append(paths, f.Value.String())
		}
	})
	return paths
}

// prepare comes before every command: it gives up what the command does not
// need, and refuses an output that is an input.
func (c *console) prepare(cmd *cobra.Command, args []string) error {
	required, err := cmd.Flags().GetBool("require-sandbox")
	if err != nil {
		return err
	}
	outs := outputs(cmd)
	if cmd.Name() != "convert" { // which makes folders
		for _, path := range outs {
			if err := checkPlace(path); err != nil {
				return err
			}
		}
	}
	if err := c.confine(outs, required); err != nil {
		return err
	}
	if f := cmd.Flags().Lookup("model"); f != nil && f.Value.String() != "" {
		args = append([]string{f.Value.String()}, args...)
	}
	return refuseOverlap(outs, stdoutFile(c.out), args)
}

// checkPlace returns an error where no file can come to stand, before hours of
// work have gone into it.
func checkPlace(path string) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return cannotWrite(path, errors.New("is a folder"))
	case errors.Is(err, fs.ErrNotExist):
		_, err = os.Stat(filepath.Dir(realPath(path)))
	}
	if err != nil {
		return cannotWrite(path, err)
	}
	return nil
}

// stdoutFile returns what stdout is when it is a file, else nil.
func stdoutFile(w io.Writer) os.FileInfo {
	if s, ok := w.(*sink); ok {
		w = s.to
	}
	f, ok := w.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		return info
	}
	return nil
}

// refuseOverlap returns an error when an output, or stdout, is the same file as
// an input, or two outputs are one, whatever names they go by.
func refuseOverlap(outs []string, stdout os.FileInfo, inputs []string) error {
	var seen []os.FileInfo
	if stdout != nil {
		seen = append(seen, stdout)
	}
	for i, out := range outs {
		for _, other := range outs[:i] {
			if realPath(out) == realPath(other) {
				return fmt.Errorf("two outputs are written to %q: want one file each", out)
			}
		}
		info, err := os.Stat(out)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		seen = append(seen, info)
	}
	if len(seen) == 0 {
		return nil
	}
	for path := range formats.Files(inputs) {
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		for _, out := range seen {
			if os.SameFile(info, out) {
				return fmt.Errorf("output %q is an input: inputs are never written", path)
			}
		}
	}
	return nil
}

// realPath returns the absolute path without symbolic links, as far as it
// exists.
func realPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	if up := filepath.Dir(abs); up != abs {
		return filepath.Join(realPath(up), filepath.Base(abs))
	}
	return abs
}
