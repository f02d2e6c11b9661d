//go:build linux

// Capture holds every processor with raw system calls that the scheduler knows nothing of and can't interrupt: nothing in the process runs any
// more, the sampler and the end of this program included, until the loops give up by themselves.
package main

import (
	"os"
	"runtime"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	var zero *os.File
	harness.Main(harness.Mode{
		Want: []classify.Cause{classify.Captured},
		Setup: func() (err error) {
			zero, err = os.Open("/dev/zero")
			return err
		},
		Starve: func(stop *atomic.Bool) {
			for i := 0; i < runtime.GOMAXPROCS(0); i++ {
				go func() {
					for !stop.Load() {
						capture(zero.Fd(), make([]byte, 1<<20), new(syscall.Timespec), int64(300*time.Millisecond))
						time.Sleep(100 * time.Millisecond)
					}
				}()
			}
		},
	})
}

// capture reads zeros for length nanoseconds, nearly all of them in the kernel: raw system calls keep the processor, and a request to
// be preempted that arrives there is not served.
//
// Safety: nosplit leaves no prologue at which it could be preempted; buffer and ts are kept alive by the caller's arguments.
//
//go:nosplit
func capture(fd uintptr, buffer []byte, ts *syscall.Timespec, length int64) {
	var end int64
	for end == 0 || ts.Nano() < end {
		syscall.RawSyscall(syscall.SYS_READ, fd, uintptr(unsafe.Pointer(&buffer[0])), uintptr(len(buffer))) // culprit
		syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, 1, uintptr(unsafe.Pointer(ts)), 0)
		if end == 0 {
			end = ts.Nano() + length
		}
	}
}
