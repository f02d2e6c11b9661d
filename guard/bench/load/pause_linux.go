package load

import (
	"time"

	"golang.org/x/sys/unix"
)

// pauseThread puts the calling thread to sleep, to some ten microseconds, or less if a signal comes.
func pauseThread(d time.Duration) {
	t := unix.NsecToTimespec(int64(d))
	_ = unix.ClockNanosleep(unix.CLOCK_MONOTONIC, 0, &t, nil) // the caller looks at the clock again
}
