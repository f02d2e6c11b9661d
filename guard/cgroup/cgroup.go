// Package cgroup reads what the CPU controller of Linux control groups says about this process: how much processor time its group may use,
// how often that ran out, and how long tasks of the group waited for a processor. It knows version 1, version 2 and hybrids of both.
//
// It is not a library for managing groups: nothing is ever written. Parsers are pure functions of a file's content; Find locates the group
// below a root directory, which tests set to a tree of their own; a Reader keeps files open and reads them into a buffer of its
// own, so that a read costs about a microsecond and no allocation. Start at Find.
//
// Formats: Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/, Documentation/scheduler/sched-bwc.rst and Documentation/accounting/psi.rst in the
// kernel's sources.
package cgroup

import (
	"errors"
	"time"
)

// Version is the interface that a control group shows.
type Version uint8

// The two versions. On a hybrid system the CPU controller is of one of them.
const (
	V1 Version = 1
	V2 Version = 2
)

// ErrNoController says that the process is in no group that the CPU controller manages, or that its files can't be seen.
var ErrNoController = errors.New("no CPU controller for this process")

// Quota is how much processor time a group may use in each period. The zero Quota means no limit.
type Quota struct {
	Time   time.Duration // in each period, summed over CPUs; 0 without a limit
	Period time.Duration
}

// Limited tells whether there is a limit.
func (q Quota) Limited() bool { return q.Time > 0 && q.Period > 0 }

// CPUs is the quota in processors, such as 0.5, or 0 without a limit.
func (q Quota) CPUs() float64 {
	if !q.Limited() {
		return 0
	}
	return float64(q.Time) / float64(q.Period)
}

// Less tells whether q is the tighter limit.
func (q Quota) Less(other Quota) bool {
	return q.Limited() && (!other.Limited() || q.CPUs() < other.CPUs())
}

// Stat holds the counters of the bandwidth controller (cpu.stat), since the group was made.
type Stat struct {
	Periods   uint64        // that ended while the group had something to run
	Throttled uint64        // of those, in which the quota ran out
	Time      time.Duration // for which the group was throttled, summed over CPUs
	Bandwidth bool          // whether the file had these counters at all
}

// Pressure holds the totals of a pressure stall file, since the group was made or the system came up.
type Pressure struct {
	Some time.Duration // in which at least one task waited
	Full time.Duration // in which all of them did; 0 on kernels before 5.13, which don't count it for CPUs
}
