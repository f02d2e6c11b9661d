//go:build mote

package os

import (
	"internal/testlog"
	"syscall"
	"time"
)

// runtime_args returns the words of the command line.
//
// Safety: the runtime defines it by linkname with this signature.
func runtime_args() []string

// Args are the words of the command line; Args[0] is the program's name when the host passes one.
var Args = runtime_args()

// Exit ends the program with a status. Deferred calls do not run.
func Exit(code int) {
	if code == 0 && testlog.PanicOnExit0() {
		panic("unexpected call to os.Exit(0) during test")
	}
	syscall.Exit(code)
}

// Getpid and the rest describe the one process: number 1, user 0.

func Getpid() int               { return syscall.Getpid() }
func Getppid() int              { return syscall.Getppid() }
func Getuid() int               { return syscall.Getuid() }
func Geteuid() int              { return syscall.Geteuid() }
func Getgid() int               { return syscall.Getgid() }
func Getegid() int              { return syscall.Getegid() }
func Getgroups() ([]int, error) { return syscall.Getgroups() }
func Getpagesize() int          { return syscall.Getpagesize() }

// Executable is not supported: the program is not a file here.
func Executable() (string, error) { return "", NewSyscallError("executable", syscall.ENOSYS) }

// Hostname is not supported.
func Hostname() (name string, err error) { return "", NewSyscallError("hostname", syscall.ENOSYS) }

// Signal is a signal of an operating system. None is ever delivered.
type Signal interface {
	String() string
	Signal() // tells it from other Stringers
}

// The signals that exist everywhere.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

// ProcAttr would describe a process to start.
type ProcAttr struct {
	Dir   string
	Env   []string
	Files []*File
	Sys   *syscall.SysProcAttr
}

// Process stands for a process. Only the program itself is one, and nothing can be done to it.
type Process struct {
	Pid int
}

// StartProcess is not supported.
func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error) {
	return nil, unsupported("fork/exec", name)
}

// FindProcess finds the program itself.
func FindProcess(pid int) (*Process, error) {
	if pid != Getpid() {
		return nil, NewSyscallError("findprocess", syscall.ENOSYS)
	}
	return &Process{Pid: pid}, nil
}

func (p *Process) Kill() error                             { return NewSyscallError("kill", syscall.ENOSYS) }
func (p *Process) Release() error                          { return nil }
func (p *Process) Signal(sig Signal) error                 { return NewSyscallError("signal", syscall.ENOSYS) }
func (p *Process) Wait() (*ProcessState, error)            { return nil, NewSyscallError("wait", syscall.ENOSYS) }
func (p *Process) WithHandle(f func(handle uintptr)) error { return ErrNoHandle }

// ProcessState would tell how a process ended. None exists.
type ProcessState struct{}

func (p *ProcessState) Pid() int                  { return 0 }
func (p *ProcessState) Exited() bool              { return false }
func (p *ProcessState) Success() bool             { return false }
func (p *ProcessState) ExitCode() int             { return -1 }
func (p *ProcessState) Sys() any                  { return nil }
func (p *ProcessState) SysUsage() any             { return nil }
func (p *ProcessState) UserTime() time.Duration   { return 0 }
func (p *ProcessState) SystemTime() time.Duration { return 0 }
func (p *ProcessState) String() string            { return "<nil>" }
