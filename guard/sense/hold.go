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
	holdLeast  = 2 * time.Millisecond   // that the other processors are watched for
	holdMost   = 6 * time.Millisecond   // and at most
	holdGiven  = 18 * time.Millisecond  // from beginning to end, when steps are long or the others do not compute
	holdBack   = time.Millisecond       // of processor time, from which on somebody other than the sampler computes
	holdTurns  = 12                     // turns of the usual length: some are far longer than the average
	holdMore   = 4                      // samples after a hold in which others got a turn
	holdAgain  = 250 * time.Millisecond // after one in which nobody did
	holdAnyway = 30 * time.Millisecond  // late: no endless loop keeps the timer for so long
)

// hold fills in x.Moved. A slice of 10 ms in which all processors were used and next to nobody got a turn may be a machine that stood still: a
// hypervisor that stops a virtual machine for 10 to 50 ms tells nobody, and the time counts as used. What comes next tells them apart. The sampler keeps
// its processor for as long as some turns take, since it would not soon get another one, and looks whether those on the others go on with their work, until
// it has seen one that does. Between endless loops there may be requests that do, so that it looks a few times more.
func (s *Sampler) hold(x *Sample) {
	x.Moved = Unknown
	if !s.suspect(x) || x.Procs < 2 || s.bare || x.At.Before(s.holdAt) && x.Overshoot < holdAnyway {
		s.holds = max(0, s.holds-1)
		return
	}
	x.Moved = s.watch(x.Runnable, x.Procs-1)
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

// watch keeps the processor until somebody on the others has got a turn, and returns how much moved; 0 if nobody has for long enough although they
// compute, and Unknown if that could not be seen. The processors of a virtual machine that stood still come back one after the other, some milliseconds
// apart, so that it begins to count when it sees the others use processor time, which the kernel adds up at the ticks of their CPUs.
func (s *Sampler) watch(runnable, others int) int {
	needed := min(max(holdLeast, holdTurns*s.turns.length()/time.Duration(others)), holdMost)
	goroutines := runtime.NumGoroutine()
	start := time.Now()
	cpu, told := processCPU()
	for now, back := start, !told; now.Sub(start) < holdGiven; {
		if !pause(holdStep) {
			return Unknown
		}
		if moved := distance(runtime.NumGoroutine(), goroutines) + s.runtime.moved(runnable); moved > 0 {
			return moved
		}
		begun := now
		now = time.Now()
		switch length := now.Sub(begun); {
		case !back:
			used, _ := processCPU()
			back = used-cpu >= holdBack
		case length < holdLong:
			needed -= length
		}
		if needed <= 0 {
			return 0
		}
	}
	return Unknown
}

// turns averages how long goroutines keep a processor, over the last half a second or so.
type turns struct {
	cpu   float64 // nanoseconds, fading
	count float64
}

// turnsFade is how much of the average each sample leaves.
const turnsFade = 0.98

// add takes the next sample. The runtime measures one turn in eight.
func (t *turns) add(x *Sample) {
	if !math.IsNaN(x.Busy) {
		t.cpu = turnsFade*t.cpu + x.Busy*float64(x.Interval)
		t.count = turnsFade*t.count + 8*float64(x.RunQueue.Count)
	}
}

func (t *turns) length() time.Duration { return time.Duration(t.cpu / max(1, t.count)) }

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
