package sandbox

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"mote/deliver/policy"
)

// Install restricts the whole process to the policy, for good. It fails if the kernel cannot do what the policy asks for; then the process may be
// restricted in part, and should end. Call it when what needs more is done: listening sockets may be open, files read.
func Install(p *policy.Policy) error {
	if err := Restrict(&p.Landlock); err != nil { // first: the filter need not allow its calls then
		return err
	}
	return Filter(p.Seccomp)
}

// Filter installs the part of Install that is about system calls. Who changes its user in between calls Restrict, that, and Filter.
func Filter(p policy.Seccomp) error {
	filter, err := Compile(runtime.GOARCH, p)
	if err != nil {
		return err
	}
	return installFilter(filter, p.Log)
}

// installFilter gives the filter to all threads at once.
func installFilter(filter []bpf.RawInstruction, log bool) error {
	runtime.LockOSThread() // no_new_privs is the thread's, until the filter carries it to the others
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no_new_privs: %w", err)
	}
	code := make([]unix.SockFilter, len(filter))
	for i, ins := range filter {
		code[i] = unix.SockFilter{Code: ins.Op, Jt: ins.Jt, Jf: ins.Jf, K: ins.K}
	}
	program := unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]}
	flags := uintptr(unix.SECCOMP_FILTER_FLAG_TSYNC)
	if log {
		flags |= unix.SECCOMP_FILTER_FLAG_LOG
	}
	// Safety: the kernel copies the program before the call returns; the pointer keeps it alive until then.
	thread, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, flags, uintptr(unsafe.Pointer(&program)))
	if errno != 0 {
		return fmt.Errorf("seccomp: %w", errno)
	}
	if thread != 0 {
		return fmt.Errorf("seccomp: thread %d has a filter of its own", thread)
	}
	return nil
}
