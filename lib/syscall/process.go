//go:build mote

package syscall

// Exit ends the program with a status.
//
// Safety: the runtime defines it by linkname with this signature.
func Exit(code int)

// There is one process, number 1, owned by user 0.

// Getpid is the number of the process.
func Getpid() int { return 1 }

// Getppid is the number of the parent process: none.
func Getppid() int { return 0 }

// Getuid, Geteuid, Getgid and Getegid are user and group.

func Getuid() int  { return 0 }
func Geteuid() int { return 0 }
func Getgid() int  { return 0 }
func Getegid() int { return 0 }

// Getgroups returns no supplementary groups.
func Getgroups() ([]int, error) { return nil, nil }

// Getpagesize is the granule of memory protection in bytes.
func Getpagesize() int { return 1024 }

// Kill is not possible.
func Kill(pid int, sig Signal) error { return ENOSYS }

// SysProcAttr would say how to start a process. It is empty: none can be started.
type SysProcAttr struct{}

// WaitStatus is how a process ended: none ever does.
type WaitStatus uint32

func (w WaitStatus) Exited() bool       { return false }
func (w WaitStatus) Signaled() bool     { return false }
func (w WaitStatus) Stopped() bool      { return false }
func (w WaitStatus) Continued() bool    { return false }
func (w WaitStatus) CoreDump() bool     { return false }
func (w WaitStatus) ExitStatus() int    { return 0 }
func (w WaitStatus) Signal() Signal     { return 0 }
func (w WaitStatus) StopSignal() Signal { return 0 }
func (w WaitStatus) TrapCause() int     { return -1 }

// Rusage is what a process has used: nothing is recorded.
type Rusage struct {
	Utime Timeval
	Stime Timeval
}
