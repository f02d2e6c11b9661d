package raw

import (
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ProcessTime is the processor time that all threads of the process have used.
func ProcessTime() (time.Duration, bool) {
	var ts unix.Timespec
	// Safety: the kernel writes to ts only during the call, in which ts is kept alive by its address in the arguments.
	_, _, errno := syscall.RawSyscall(unix.SYS_CLOCK_GETTIME, unix.CLOCK_PROCESS_CPUTIME_ID, uintptr(unsafe.Pointer(&ts)), 0)
	return time.Duration(ts.Nano()), errno == 0
}

// SetTimer lets a timerfd fire once.
func SetTimer(fd uintptr, after time.Duration) error {
	spec := unix.ItimerSpec{Value: unix.NsecToTimespec(int64(after))}
	// Safety: the kernel reads spec only during the call, in which spec is kept alive by its address in the arguments.
	_, _, errno := syscall.RawSyscall6(unix.SYS_TIMERFD_SETTIME, fd, 0, uintptr(unsafe.Pointer(&spec)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// Pause keeps the thread and its processor asleep for so long, the one call here that waits: nobody else gets the processor, and a stop of the world
// waits for it.
func Pause(d time.Duration) {
	ts := unix.NsecToTimespec(int64(d))
	for errno := syscall.EINTR; errno == syscall.EINTR; {
		// Safety: the kernel reads and writes ts only during the call, in which ts is kept alive by its address in the arguments. It leaves the
		// rest of the time there when a signal comes, such as the scheduler's to goroutines that run for long.
		_, _, errno = syscall.RawSyscall(unix.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), uintptr(unsafe.Pointer(&ts)), 0)
	}
}
