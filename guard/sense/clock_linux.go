package sense

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mote-go/mote/guard/internal/raw"
)

// processCPU is the processor time that all threads of the process have used.
func processCPU() (time.Duration, bool) { return raw.ProcessTime() }

// tickedCPU is the same by the kernel's ticks.
func tickedCPU() (time.Duration, bool) { return raw.TickedTime() }

// tickPeriod is how far these are apart, Unknown if nobody says.
func tickPeriod() time.Duration {
	if period, ok := raw.Tick(); ok {
		return period
	}
	return Unknown
}

// affinity is the number of CPUs that the process may run on now; runtime.NumCPU is as of its start.
func affinity() int {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return runtime.NumCPU()
	}
	return set.Count()
}
