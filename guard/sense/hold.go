package sense

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

const (
	holdStep   = 250 * time.Microsecond
	holdLong   = 4 * holdStep           // a step that took so long says nothing: the machine stood still in it, or had others to run
	holdTime   = 6 * time.Millisecond   // that the other processors are watched for
	holdGiven  = 18 * time.Millisecond  // from beginning to end, when steps are long
	holdMore   = 4                      // samples after a hold in which others got a turn
	holdAgain  = 250 * time.Millisecond // after one in which nobody did
	holdAnyway = 30 * time.Millisecond  // late: no endless loop keeps the timer for so long
)

// hold fills in x.Moved. A slice of 10 ms in which all processors were used and next to nobody got a turn may be a machine that stood still: a
// hypervisor that stops a virtual machine for 10 to 50 ms tells nobody, and the time counts as used. What comes next tells them apart. The sampler keeps
// its processor for some milliseconds, since it would not soon get another one, and looks whether those on the others go on with their work, until
// it has seen one that does. Between endless loops there may be requests that do, so that it looks a few times more. A process that was at rest had none
// of its threads running when the machine stopped, so that it does not look as if it had computed all the while: there is nothing to find out.
func (s *Sampler) hold(x *Sample) {
	x.Moved = Unknown
	if !s.suspect(x) || x.Procs < 2 || s.bare || s.load < restShare || x.At.Before(s.holdAt) && x.Overshoot < holdAnyway {
		s.holds = max(0, s.holds-1)
		return
	}
	x.Moved = s.watch(x.Runnable)
	switch {
	case x.Moved == 0:
		s.holds, s.holdAt = 0, x.At.Add(holdAgain)
	case x.Overshoot >= 2*s.config.Interval:
		s.holds = holdMore
	default:
		s.holds = max(0, s.holds-1)
	}
}

// suspect tells whether x may be the work of endless loops: the process used its processors for as long as the timer was late, or after such a sample for all
// of the interval.
func (s *Sampler) suspect(x *Sample) bool {
	if x.Overshoot < s.config.Interval {
		return s.holds > 0 && s.full(x)
	}
	return x.Busy*float64(x.Interval) >= fullShare*float64(s.usable)*float64(x.Overshoot)
}

// watch keeps the processor until somebody on the others has got a turn, and returns how much moved; 0 if nobody has for long enough, and Unknown if that
// could not be seen. The processors of a virtual machine that stood still come back one after the other, some milliseconds apart, and requests may take a
// millisecond.
func (s *Sampler) watch(runnable int) int {
	needed := holdTime
	goroutines := runtime.NumGoroutine()
	start := time.Now()
	for now := start; now.Sub(start) < holdGiven; {
		if !pause(holdStep) {
			return Unknown
		}
		if moved := distance(runtime.NumGoroutine(), goroutines) + s.runtime.moved(runnable); moved > 0 {
			return moved
		}
		begun := now
		if now = time.Now(); now.Sub(begun) < holdLong {
			needed -= now.Sub(begun)
		}
		if needed <= 0 {
			return 0
		}
	}
	return Unknown
}

const (
	restShare  = 0.1                    // of its processors, below which a process is at rest
	loadMemory = 250 * time.Millisecond // over which that is averaged
)

// note has x count for the load of the process.
func (s *Sampler) note(x *Sample) {
	if share := x.Busy / float64(s.usable); !math.IsNaN(share) {
		s.load += (min(share, 1) - s.load) * min(x.Interval.Seconds()/loadMemory.Seconds(), 1)
	}
}

// fullShare of the processors is about all of them.
const fullShare = 0.8

// full tells whether the process used about all of its processors.
func (s *Sampler) full(x *Sample) bool { return x.Busy >= fullShare*float64(s.usable) }

// bare tells whether /proc/cpuinfo lists the features of an x86 processor and that of running under a hypervisor is not among them (CPUID leaf 1, ECX
// bit 31). Other architectures have no such bit.
func bare(root string) bool {
	info, err := os.ReadFile(filepath.Join(root, "proc/cpuinfo"))
	if err != nil {
		return false
	}
	for _, line := range bytes.Split(info, []byte("\n")) {
		if name, features, _ := bytes.Cut(line, []byte(":")); string(bytes.TrimSpace(name)) == "flags" {
			return !slices.ContainsFunc(bytes.Fields(features), func(f []byte) bool { return string(f) == "hypervisor" })
		}
	}
	return false
}

func distance(a, b int) int { return max(a-b, b-a) }
