package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"

	"github.com/spf13/cobra"

	"callscam/classify"
	"callscam/classify/report"
	"callscam/corpus"
	"callscam/corpus/formats"
)

type scoreFlags struct {
	model, format, output, to, failOn string
	jobs                              int
}

func newScore(c *console) *cobra.Command {
	f := &scoreFlags{}
	cmd := &cobra.Command{
		Use:   "score PATH...",
		Short: "Score transcripts: verdict, probability, alarm turn and reasons",
		Long: `Score the calls of files, folders (walked) or - for stdin. Results come in the
order of the input, whatever --jobs is. A call that cannot be read is reported
by file and line; the rest is scored and the status is 1.`,
		Example: "  classify score calls/\n  classify score --output jsonl calls.jsonl > results.jsonl\n  cat call.txt | classify score -",
		Args:    needPaths,
		RunE:    func(cmd *cobra.Command, args []string) error { return c.score(cmd, f, args) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.model, "model", "", "model file (default: the embedded model)")
	fl.StringVar(&f.format, "format", "auto", "how the input is written: auto or a format's name")
	fl.StringVar(&f.output, "output", "table", "table, jsonl or csv")
	fl.StringVarP(&f.to, "out", "o", "", "write to this file instead of stdout")
	fl.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "calls scored at the same time")
	fl.StringVar(&f.failOn, "fail-on", "", "status 3 when a call is scam, or at least unsure: scam or unsure")
	return cmd
}

func needPaths(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("no PATH: want files, folders or - for stdin")
	}
	return nil
}

func (f *scoreFlags) check() error {
	if f.jobs < 1 || f.jobs > 1024 {
		return fmt.Errorf("jobs %d: want 1 to 1024", f.jobs)
	}
	if f.failOn != "" && f.failOn != "scam" && f.failOn != "unsure" {
		return fmt.Errorf("unknown fail-on %q: want scam or unsure", f.failOn)
	}
	return formats.CheckName(f.format)
}

func (c *console) score(cmd *cobra.Command, f *scoreFlags, paths []string) error {
	if err := f.check(); err != nil {
		return err
	}
	if _, err := report.New(f.output, io.Discard); err != nil {
		return err
	}
	resume := delayGC()
	defer resume()
	cl, err := loadModel(f.model)
	if err != nil {
		return err
	}
	if f.to == "" {
		return c.scoreTo(cmd, f, cl, paths, c.out, resume)
	}
	file, err := createOutput(f.to)
	if err != nil {
		return err
	}
	defer file.discard()
	err = c.scoreTo(cmd, f, cl, paths, file, resume)
	var status exit
	if err != nil && !errors.As(err, &status) {
		return err
	}
	if err := file.commit(); err != nil {
		return err
	}
	return err
}

// firstCalls is how many calls a run of some milliseconds has at most.
const firstCalls = 64

// scoreTo writes the results of all calls to out. After the first of them it
// calls settled.
func (c *console) scoreTo(cmd *cobra.Command, f *scoreFlags, cl *classify.Classifier, paths []string, out io.Writer, settled func()) error {
	w, err := report.New(f.output, out)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt)
	defer stop()
	read, failed, found := 0, 0, false
	warned := map[string]bool{}
	bar := bar{}
	if !onTerminal(out) {
		bar = c.progress("score", -1)
	}
	for s := range cl.Stream(ctx, formats.Calls(paths, c.in, f.format), f.jobs) {
		if s.Err != nil {
			failed++
			bar.clear()
			fmt.Fprintf(c.err, "classify: %v\n", s.Err)
			continue
		}
		if read++; read == firstCalls {
			settled()
		}
		if len(s.Example.Warnings) > 0 {
			bar.clear()
			c.warn(&s.Example, warned)
		}
		found = found || s.Result.Verdict == classify.Scam && f.failOn != "" || s.Result.Verdict == classify.Unsure && f.failOn == "unsure"
		if err := w.Write(s.Result); err != nil {
			return failure{statusPartial, fmt.Errorf("write results: %w", err)}
		}
		bar.add(1)
	}
	bar.finish()
	if err := w.Close(); err != nil {
		return failure{statusPartial, fmt.Errorf("write results: %w", err)}
	}
	switch {
	case ctx.Err() != nil:
		return failure{statusPartial, fmt.Errorf("interrupted after %d calls", read)}
	case failed > 0 || read == 0:
		return partial(read, failed)
	case found:
		return exit(statusFound)
	}
	return nil
}

// warn tells once for each file what its reader warned of.
func (c *console) warn(ex *corpus.Example, warned map[string]bool) {
	for _, w := range ex.Warnings {
		if line := ex.Path + ": " + w; !warned[line] && len(warned) < maxWarnings {
			warned[line] = true
			fmt.Fprintf(c.err, "classify: %s\n", line)
		}
	}
}

// maxWarnings bounds what is told of a folder of a million bad files; each
// result carries its own warnings all the same.
const maxWarnings = 1000
