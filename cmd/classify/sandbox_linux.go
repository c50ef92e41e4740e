//go:build linux && (amd64 || arm64)

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// enterSandbox takes sockets from every thread of the process (seccomp), and
// the right to write anywhere but at the outputs (Landlock). Neither can be
// taken back, and both pass on to child processes.
func enterSandbox(outputs []string) protection {
	files := landlockMeasure(outputs)
	return protection{sockets: seccompMeasure(), files: files}
}

func seccompMeasure() measure {
	// no_new_privs is a thread's own; the filter is loaded from the same one.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy: seccomp.Policy{
			DefaultAction: seccomp.ActionAllow,
			// io_uring makes sockets of its own, and pidfd_getfd and ptrace
			// take those of other processes.
			Syscalls: []seccomp.SyscallGroup{{
				Action: seccomp.ActionErrno | seccomp.Action(unix.EPERM),
				Names: []string{"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
					"io_uring_setup", "pidfd_getfd", "ptrace"},
			}},
		},
	})
	if err != nil {
		return measure{err: err}
	}
	return measure{how: "none can be opened (seccomp)"}
}

// Rights in a folder that holds an output: Landlock knows folders, not names,
// and an output is written beside its place and renamed.
const (
	readRights   landlock.AccessFSSet = ll.AccessFSReadFile | ll.AccessFSReadDir
	fileRights   landlock.AccessFSSet = ll.AccessFSWriteFile | ll.AccessFSTruncate
	folderRights                      = fileRights | ll.AccessFSMakeReg | ll.AccessFSMakeDir | ll.AccessFSRemoveFile
)

func landlockMeasure(outputs []string) measure {
	abi, err := ll.LandlockGetABIVersion()
	if err != nil || abi < 1 {
		return measure{err: errors.New("the kernel has no Landlock")}
	}
	rules := []landlock.Rule{landlock.PathAccess(readRights, "/")}
	for _, path := range outputs {
		if rule, ok := outputRule(path); ok {
			rules = append(rules, rule)
		}
	}
	cfg := landlock.V11
	cfg.Scoped = 0
	if err := cfg.BestEffort().Restrict(rules...); err != nil {
		return measure{err: err}
	}
	return measure{how: fmt.Sprintf("written only where -o and the like point (landlock %d)", abi)}
}

// outputRule lets an output be written: in its folder or, where that is still
// to be made, in the nearest that exists.
func outputRule(path string) (landlock.Rule, bool) {
	path = realPath(path)
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return landlock.PathAccess(folderRights, path), true
	case err == nil && !info.Mode().IsRegular():
		return landlock.PathAccess(fileRights, path), true
	}
	dir := filepath.Dir(path)
	for info, err = os.Stat(dir); errors.Is(err, fs.ErrNotExist) && filepath.Dir(dir) != dir; info, err = os.Stat(dir) {
		dir = filepath.Dir(dir)
	}
	if err != nil || !info.IsDir() {
		return nil, false
	}
	return landlock.PathAccess(folderRights, dir), true
}
