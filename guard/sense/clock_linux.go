package sense

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mote-go/mote/guard/internal/raw"
)

// processCPU is the processor time that all threads of the process have used.
func processCPU() (time.Duration, bool) { return raw.ProcessTime() }

// pause sleeps without giving the processor away, and tells whether it can.
func pause(d time.Duration) bool { raw.Pause(d); return true }

// affinity is the number of CPUs that the process may run on now; runtime.NumCPU is as of its start.
func affinity() int {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return runtime.NumCPU()
	}
	return set.Count()
}
