package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"callscam/classify"
	"callscam/classify/report"
	"callscam/corpus"
	"callscam/corpus/formats"
)

type scoreFlags struct {
	model, format, output, to, failOn string
	jobs                              int
	resume, redact                    bool
	settled                           func() // told when the run has got going
	bar                               *readingBar
}

func newScore(c *console) *cobra.Command {
	f := &scoreFlags{}
	cmd := &cobra.Command{
		Use:   "score PATH...",
		Short: "Score transcripts: verdict, probability, alarm turn and reasons",
		Long: `Score the calls of files, folders (walked) or - for stdin. Results come in the
order of the input, whatever --jobs is. A call that cannot be read is reported
by file and line; the rest is scored and the status is 1.

With -o F the results stand in F.partial until all are there. A run that was
broken off, however it ended, is continued with --resume: the same paths, model
and options, and the same bytes as if it had never stopped.`,
		Example: "  classify score calls/\n  classify score --output jsonl calls.jsonl > results.jsonl\n  cat call.txt | classify score -",
		Args:    needPaths,
		RunE:    func(cmd *cobra.Command, args []string) error { return c.score(cmd, f, args) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.model, "model", "", "model file (default: the embedded model)")
	fl.StringVar(&f.format, "format", "auto", "how the input is written: auto or a format's name")
	fl.StringVar(&f.output, "output", "table", "table, jsonl, csv or vcon (a vCon a line, with the result in its analysis)")
	outputFlag(fl, &f.to, "out", "o", "", "write to this file instead of stdout")
	fl.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "calls scored at the same time")
	redactFlag(fl, &f.redact)
	fl.BoolVar(&f.resume, "resume", false, "continue an unfinished run with the same -o")
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
	if f.resume && f.to == "" {
		return errors.New("--resume without -o: want the output of the unfinished run")
	}
	return formats.CheckName(f.format)
}

func (c *console) score(cmd *cobra.Command, f *scoreFlags, paths []string) error {
	if err := f.check(); err != nil {
		return err
	}
	if _, err := report.New(f.output, io.Discard, ""); err != nil {
		return err
	}
	f.settled = delayGC()
	defer f.settled()
	cl, err := loadModel(f.model)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	defer c.endInTime(ctx)()
	cmd.SetContext(ctx)
	if f.to != "" || !onTerminal(c.out) {
		f.bar = c.reading("score", paths)
	}
	calls := interruptible(ctx, formats.CallsTelling(paths, c.in, f.format, f.bar.took()))
	if f.to == "" {
		w, err := report.New(f.output, c.out, now())
		if err != nil {
			return err
		}
		return c.scoreTo(cmd, f, cl, calls, w, nil)
	}
	if info, err := os.Stat(f.to); err == nil && !info.Mode().IsRegular() {
		return c.scoreDirect(cmd, f, cl, calls)
	}
	return c.scoreFile(cmd, f, cl, calls)
}

// scoreDirect writes to what is no regular file: there is nothing to continue.
func (c *console) scoreDirect(cmd *cobra.Command, f *scoreFlags, cl *classify.Classifier, calls iter.Seq2[corpus.Example, error]) error {
	o, err := createOutput(f.to)
	if err != nil {
		return err
	}
	defer o.discard()
	w, err := report.New(f.output, o, now())
	if err != nil {
		return err
	}
	if err := c.scoreTo(cmd, f, cl, calls, w, nil); err != nil {
		return err
	}
	return o.commit()
}

// scoreFile writes to a file that appears when it is whole, and that a broken
// run leaves to be continued.
func (c *console) scoreFile(cmd *cobra.Command, f *scoreFlags, cl *classify.Classifier, calls iter.Seq2[corpus.Example, error]) error {
	u, err := openUnfinished(f.to, runRecord{runSchema, version(), cl.Model.Digest(), f.output, f.format, f.redact, now()}, f.resume)
	if err != nil {
		return err
	}
	w, err := report.New(f.output, u, u.run.Started)
	if u.done > 0 {
		w, err = report.Continue(f.output, u, u.run.Started)
	}
	if err == nil {
		err = c.scoreTo(cmd, f, cl, u.rest(calls), w, u)
	}
	var status exit
	if err != nil && !errors.As(err, &status) {
		var failed failure
		if u.abandon() && errors.As(err, &failed) {
			return failure{failed.status, fmt.Errorf("%w; --resume continues the run of %s in %s", err, u.run.Started, f.to+partialSuffix)}
		}
		return err
	}
	if err := u.commit(); err != nil {
		return err
	}
	return err
}

// firstCalls is how many calls a run of some milliseconds has at most.
const firstCalls = 64

// scoreTo writes the results of all calls to w. A file that can be continued
// is told of each call first.
func (c *console) scoreTo(cmd *cobra.Command, f *scoreFlags, cl *classify.Classifier, calls iter.Seq2[corpus.Example, error], w report.Writer, u *unfinished) error {
	ctx, bar := cmd.Context(), f.bar
	read, failed, found := 0, 0, false
	warned := map[string]bool{}
	for s := range cl.Stream(ctx, calls, f.jobs) {
		if s.Err != nil {
			failed++
			bar.clear()
			c.tell("%v", s.Err)
			continue
		}
		if read++; read == firstCalls {
			f.settled()
		}
		if len(s.Example.Warnings) > 0 {
			bar.clear()
			c.warn(&s.Example, warned)
		}
		found = found || f.finds(s.Result.Verdict)
		if u != nil {
			if err := u.note(&s.Example, s.Result.Verdict); err != nil {
				return failure{statusPartial, fmt.Errorf("write results: %w", plainCause(err))}
			}
		}
		if f.redact {
			var ex *corpus.Example
			ex, s.Result = report.Redacted(&s.Example, s.Result)
			s.Example = *ex
		}
		if err := w.Write(&s.Example, s.Result); err != nil {
			return failure{statusPartial, fmt.Errorf("write results: %w", plainCause(err))}
		}
		bar.call()
	}
	bar.finish()
	if u != nil {
		if u.err != nil {
			return fmt.Errorf("%s: %w", f.to+partialSuffix, u.err)
		}
		read += u.done
		found = found || f.finds(classify.Scam) && u.seen[classify.Scam] || f.finds(classify.Unsure) && u.seen[classify.Unsure]
	}
	if err := w.Close(); err != nil {
		return failure{statusPartial, fmt.Errorf("write results: %w", plainCause(err))}
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

// finds reports whether a verdict is one that --fail-on looks for.
func (f *scoreFlags) finds(v classify.Verdict) bool {
	return f.failOn != "" && v == classify.Scam || f.failOn == "unsure" && v == classify.Unsure
}

// warn tells once for each file what its reader warned of.
func (c *console) warn(ex *corpus.Example, warned map[string]bool) {
	for _, w := range ex.Warnings {
		if line := ex.Path + ": " + w; !warned[line] && len(warned) < maxWarnings {
			warned[line] = true
			c.tell("%s", line)
		}
	}
}

// maxWarnings bounds what is told of a folder of a million bad files; each
// result carries its own warnings all the same.
const maxWarnings = 1000

// now is the present time as results state it.
func now() string { return time.Now().UTC().Format(time.RFC3339) }
