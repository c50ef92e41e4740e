package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"

	"callscam/classify/report"
)

// The exit statuses.
const (
	statusDone    = 0
	statusPartial = 1
	statusMisuse  = 2
	statusFound   = 3
)

// exit is an error that has been told already, or needs no telling, and that
// ends the program with a status.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// failure is an error with a status other than misuse.
type failure struct {
	status int
	err    error
}

func (f failure) Error() string { return f.err.Error() }
func (f failure) Unwrap() error { return f.err }

// console is what a command may touch of the outside.
type console struct {
	in         io.Reader
	out, err   io.Writer
	guard      guard // nil where nothing is given up, as in tests
	protection protection
	args       []string // all after the program's name
}

// sink remembers the first failure of what it writes to: results that did not
// arrive must not end with status 0. What goes to a terminal is shown plainly:
// a call that is converted there may hold anything.
type sink struct {
	io.Writer
	to     io.Writer // what stands behind
	failed error
}

func newSink(out io.Writer) *sink {
	if !onTerminal(out) {
		return &sink{Writer: out, to: out}
	}
	return &sink{Writer: transform.NewWriter(out, runes.Map(report.PlainRune)), to: out}
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	if err != nil && s.failed == nil {
		s.failed = err
	}
	return n, err
}

// run is the whole program; every input is an argument.
func run(args []string, in io.Reader, out, errOut io.Writer, guard guard) int {
	sink := newSink(out)
	c := &console{in: in, out: sink, err: errOut, guard: guard, args: args}
	root := newRoot(c)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(sink)
	root.SetErr(errOut)
	err := root.ExecuteContext(context.Background())
	if err == nil && sink.failed != nil {
		err = failure{statusPartial, fmt.Errorf("write results: %w", plainCause(sink.failed))}
	}
	var status exit
	var failed failure
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &status):
		return int(status)
	case errors.As(err, &failed):
		c.tell("%v", err)
		return failed.status
	}
	c.tell("%v", err)
	return statusMisuse
}

// tell writes one line to stderr. Names of files and calls come from strangers
// and must not steer the terminal.
func (c *console) tell(format string, args ...any) {
	lines := strings.FieldsFunc(fmt.Sprintf(format, args...), func(r rune) bool { return r == '\n' })
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	fmt.Fprintf(c.err, "classify: %s\n", report.Plain(strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), " ")))
}

func newRoot(c *console) *cobra.Command {
	root := &cobra.Command{
		Use:   "classify",
		Short: "Find scam calls in transcripts, offline, and show the words that gave them away",
		Long: `classify learns from labelled call transcripts and scores new ones on a machine
with no network. PATH is a file, a folder (walked, but for hidden ones and those
named testdata), or - for stdin. Results go to stdout, all else to stderr.

Exit status: 0 done; 1 some input could not be read (the rest was scored);
2 misuse; 3 only with score --fail-on.`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: c.prepare,
	}
	root.PersistentFlags().Bool("require-sandbox", false, "refuse to run where the kernel cannot take sockets and stray writes away")
	root.AddCommand(newTrain(c), newScore(c), newEvaluate(c), newCrossval(c), newCompare(c), newExplain(c), newTactics(c), newAudit(c), newRedteam(c), newModel(c), newFormats(c), newConvert(c), newVersion(c))
	return root
}
