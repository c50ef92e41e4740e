package main

import (
	"errors"
	"fmt"
)

// guard gives up, for the rest of the process, what no command needs: sockets,
// and writing anywhere but at the given outputs. It is asked once, before the
// first byte of input is read.
type guard func(outputs []string) protection

// protection says how the kernel keeps the process from opening sockets and
// from writing elsewhere, or why it does not.
type protection struct{ sockets, files measure }

// measure is one thing given up: how, or why not.
type measure struct {
	how string
	err error
}

func (m measure) String() string {
	if m.err != nil {
		return "not guarded by the kernel: " + m.err.Error()
	}
	return m.how
}

var errNoGuard = errors.New("no such guard in this run")

// confine gives up what the run does not need. A Linux kernel that cannot take
// sockets away gets a warning; with required, whatever is missing is an error.
func (c *console) confine(outputs []string, required bool) error {
	c.protection = protection{measure{err: errNoGuard}, measure{err: errNoGuard}}
	if c.guard != nil {
		c.protection = c.guard(outputs)
	}
	if err := errors.Join(c.protection.sockets.err, c.protection.files.err); required && err != nil {
		return fmt.Errorf("--require-sandbox: %w", err)
	}
	if err := c.protection.sockets.err; err != nil && !errors.Is(err, errNoGuard) {
		c.tell("warning: this run could open sockets: %v", err)
	}
	return nil
}
