package sense

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

const (
	holdTime  = 2 * time.Millisecond
	holdMore  = 4                      // samples after a hold in which others got a turn
	holdAgain = 250 * time.Millisecond // after one in which nobody did
)

// hold fills in x.Moved. A slice of 10 ms in which all processors were used and next to nobody got a turn may be a machine that stood still: a
// hypervisor that stops a virtual machine for 10 to 50 ms tells nobody, and the time counts as used. What comes next tells them apart. The sampler keeps
// its processor for 2 ms, since it would not soon get another one, and looks whether those on the others go on with their work. Between endless
// loops there may be requests that do, so that it looks a few times more.
func (s *Sampler) hold(x *Sample) {
	x.Moved = Unknown
	if !s.full(x) || x.Overshoot < s.config.Interval && s.holds == 0 || x.Procs < 2 || s.bare || x.At.Before(s.holdAt) {
		s.holds = max(0, s.holds-1)
		return
	}
	goroutines := runtime.NumGoroutine()
	if !pause(holdTime) {
		return
	}
	x.Moved = distance(runtime.NumGoroutine(), goroutines) + s.runtime.moved(x.Runnable)
	switch {
	case x.Moved == 0:
		s.holds, s.holdAt = 0, x.At.Add(holdAgain)
	case x.Overshoot >= 2*s.config.Interval:
		s.holds = holdMore
	default:
		s.holds = max(0, s.holds-1)
	}
}

// full tells whether the process used about all of its processors.
func (s *Sampler) full(x *Sample) bool { return x.Busy >= 0.8*float64(s.usable) }

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
