package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"callscam/corpus"
	"callscam/corpus/formats"
)

type convertFlags struct{ to, out, format string }

func newConvert(c *console) *cobra.Command {
	f := &convertFlags{}
	cmd := &cobra.Command{
		Use:   "convert PATH...",
		Short: "Write transcripts in another form, or their features for Weka and R",
		Long: `Write the calls of files, folders (walked) or - for stdin in another form:

  jsonl  one call a line
  txt    "speaker: text" lines under a header; with escapes where it must be
  vcon   an IETF vCon with a text dialog for each turn
  wtf    the World Transcription Format, in seconds
  arff   the dense tactic features of each call and its label, for Weka
  csv    the same for R and spreadsheets

jsonl, arff and csv go to stdout or, with -o, to that file. txt, vcon and wtf
are one file a call, named after its ID: -o names the folder, which is made
when it is missing. Without -o a single call goes to stdout. No file that is
there already is overwritten in that folder, and no input anywhere.

Labels, annotations, speakers, roles and times are kept: the calls score the
same before and after.`,
		Example: "  classify convert calls/ --to jsonl -o calls.jsonl\n  classify convert calls.jsonl --to txt -o calls/\n  classify convert labelled/ --to arff -o features.arff",
		Args:    needPaths,
		RunE:    func(_ *cobra.Command, args []string) error { return c.convert(f, args) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.to, "to", "", "jsonl, txt, vcon, wtf, arff or csv (needed)")
	outputFlag(fl, &f.out, "out", "o", "", "file for jsonl, arff and csv; folder for txt, vcon and wtf")
	fl.StringVar(&f.format, "format", "auto", "how the input is written: auto or a format's name")
	return cmd
}

func (c *console) convert(f *convertFlags, paths []string) error {
	if err := formats.CheckName(f.format); err != nil {
		return err
	}
	if f.to == "arff" || f.to == "csv" {
		return c.convertFeatures(f, paths)
	}
	form, err := formByName(f.to)
	if err != nil {
		return err
	}
	if form.Stream {
		return c.convertStream(f, paths, form)
	}
	return c.convertFiles(f, paths, form)
}

func formByName(name string) (formats.Form, error) {
	var names []string
	for _, form := range formats.Forms() {
		if form.Name == name {
			return form, nil
		}
		names = append(names, form.Name)
	}
	want := "want " + strings.Join(names, ", ") + ", arff or csv"
	if name == "" {
		return formats.Form{}, errors.New("no --to: " + want)
	}
	return formats.Form{}, fmt.Errorf("unknown --to %q: %s", name, want)
}

// convertStream writes all calls into one file or to stdout.
func (c *console) convertStream(f *convertFlags, paths []string, form formats.Form) error {
	v := c.newConversion()
	return v.toFile(f.out, func(out io.Writer) error {
		return v.each(paths, f.format, func(ex *corpus.Example) error {
			data, err := form.Write(ex, v.at)
			if err != nil {
				return fmt.Errorf("%s: %w", ex.ID, err)
			}
			if _, err := out.Write(data); err != nil {
				return failure{statusPartial, fmt.Errorf("write calls: %w", err)}
			}
			return nil
		})
	})
}

// convertFiles writes one file a call into a folder, or a single call to
// stdout.
func (c *console) convertFiles(f *convertFlags, paths []string, form formats.Form) error {
	v := c.newConversion()
	if f.out == "" {
		return v.single(paths, f.format, form)
	}
	dir, err := newCallFolder(f.out, form, paths)
	if err != nil {
		return err
	}
	err = v.each(paths, f.format, func(ex *corpus.Example) error {
		data, err := form.Write(ex, v.at)
		if err != nil {
			return fmt.Errorf("%s: %w", ex.ID, err)
		}
		return dir.write(ex.ID, data)
	})
	if err != nil {
		return err
	}
	return partial(v.read, v.failed)
}

var errManyCalls = errors.New("more than one call: name a folder with -o")

// single writes the only call to stdout.
func (v *conversion) single(paths []string, format string, form formats.Form) error {
	var data []byte
	err := v.each(paths, format, func(ex *corpus.Example) (err error) {
		if data != nil {
			return errManyCalls
		}
		data, err = form.Write(ex, v.at)
		return err
	})
	if err != nil {
		return err
	}
	if _, err := v.c.out.Write(data); err != nil {
		return failure{statusPartial, fmt.Errorf("write the call: %w", err)}
	}
	return partial(v.read, v.failed)
}
