package raw

import (
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ProcessTime is the processor time that all threads of the process have used.
func ProcessTime() (time.Duration, bool) { return clock(unix.CLOCK_PROCESS_CPUTIME_ID) }

// tickedClock is the clock of the processor time of the calling process, user and system, of which no header tells the number: the complement of the
// process, 0 for the caller's, shifted by three, and CPUCLOCK_PROF, which is 0 (the kernel's include/linux/posix-timers_types.h).
const tickedClock = 1<<32 - 8

// TickedTime is the processor time of all threads by another account than ProcessTime: the length of a tick of the kernel's clock for each tick that found one
// of them running. Time without ticks, because the machine stood still, is not in it. Kernels that count such time exactly (VIRT_CPU_ACCOUNTING) give the same
// as ProcessTime.
func TickedTime() (time.Duration, bool) { return clock(tickedClock) }

// Tick is how far the ticks are apart, the resolution of the clocks that are set at each.
func Tick() (time.Duration, bool) {
	var ts unix.Timespec
	err := unix.ClockGetres(unix.CLOCK_MONOTONIC_COARSE, &ts)
	return time.Duration(ts.Nano()), err == nil
}

func clock(id uintptr) (time.Duration, bool) {
	var ts unix.Timespec
	// Safety: the kernel writes to ts only during the call, in which ts is kept alive by its address in the arguments.
	_, _, errno := syscall.RawSyscall(unix.SYS_CLOCK_GETTIME, id, uintptr(unsafe.Pointer(&ts)), 0)
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
