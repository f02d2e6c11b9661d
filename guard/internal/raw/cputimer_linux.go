package raw

import (
	"fmt"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// CPUTimer is a timer of the kernel on the processor time of the process: it sends a signal to the process once it has used so much
// (timer_create(2) with CLOCK_PROCESS_CPUTIME_ID). The kernel looks at each tick of a CPU that runs the process, and never in one that sleeps.
type CPUTimer struct{ id int32 }

// sigevent is struct sigevent of sigevent(3type), whose size is 64 bytes.
type sigevent struct {
	value  uintptr
	signo  int32
	notify int32 // SIGEV_SIGNAL is 0
	_      [64 - unsafe.Sizeof(uintptr(0)) - 8]byte
}

// NewCPUTimer makes a timer that is not set. The signal must have a handler by the time it is.
func NewCPUTimer(signal syscall.Signal) (CPUTimer, error) {
	var t CPUTimer
	event := sigevent{signo: int32(signal)}
	// Safety: the kernel reads event and writes t.id only during the call, in which both are kept alive by their addresses in the arguments.
	_, _, errno := unix.Syscall(unix.SYS_TIMER_CREATE, unix.CLOCK_PROCESS_CPUTIME_ID, uintptr(unsafe.Pointer(&event)), uintptr(unsafe.Pointer(&t.id)))
	if errno != 0 {
		return t, fmt.Errorf("timer_create on the processor time: %w", errno)
	}
	return t, nil
}

// Set has the timer fire once, when the process has used so much from now on. What it was set to before is forgotten.
func (t CPUTimer) Set(after time.Duration) error {
	spec := unix.ItimerSpec{Value: unix.NsecToTimespec(int64(after))}
	// Safety: the kernel reads spec only during the call, in which spec is kept alive by its address in the arguments.
	_, _, errno := syscall.RawSyscall6(unix.SYS_TIMER_SETTIME, uintptr(t.id), 0, uintptr(unsafe.Pointer(&spec)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// Close deletes the timer.
func (t CPUTimer) Close() error {
	if _, _, errno := unix.Syscall(unix.SYS_TIMER_DELETE, uintptr(t.id), 0, 0); errno != 0 {
		return fmt.Errorf("timer_delete: %w", errno)
	}
	return nil
}
