package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// threadTime is the CPU time of the calling thread.
func threadTime() time.Duration { return clock(unix.CLOCK_THREAD_CPUTIME_ID) }

// usage is the CPU time of the process.
func usage() time.Duration { return clock(unix.CLOCK_PROCESS_CPUTIME_ID) }

// clock reads one of the kernel's clocks; these two cannot fail.
func clock(id int32) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(id, &t); err != nil {
		panic(err)
	}
	return time.Duration(t.Nano())
}
