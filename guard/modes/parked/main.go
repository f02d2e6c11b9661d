//go:build linux

// Parked holds every processor in raw system calls that sleep: the scheduler believes that the goroutines compute, and nothing else runs.
package main

import (
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	want := []classify.Cause{classify.Blocked}
	if !harness.CountsRunning() {
		want = append(want, classify.LateTimers) // all that can be told
	}
	harness.Main(harness.Mode{Want: want, Starve: func(stop *atomic.Bool) {
		for i := 0; i < runtime.GOMAXPROCS(0); i++ {
			go func() {
				for !stop.Load() {
					sleep(40 * time.Millisecond)
				}
			}()
		}
	}})
}

// sleep keeps the processor: the runtime is not told of a raw system call.
func sleep(length time.Duration) {
	ts := syscall.NsecToTimespec(length.Nanoseconds())
	// Safety: the kernel reads ts, which is kept alive by its address in the call's arguments.
	syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&ts)), 0, 0) // culprit
}
