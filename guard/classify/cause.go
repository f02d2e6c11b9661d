// Package classify says from samples why goroutines wait: it is a pure function of what package sense saw, with no clock and no goroutine of its
// own, so that a recorded series of samples gives the same verdicts again.
package classify

import "time"

// Cause is why goroutines of the process do not run.
type Cause uint8

// The causes, in no order of importance.
const (
	Healthy    Cause = iota // nothing waits longer than the limit
	Hogs                    // too few processors for goroutines that compute without end
	Overload                // more runnable work than the processors can do: deep run queues of short work
	Throttled               // the control group's CPU quota has run out
	LockConvoy              // goroutines wait for each other, processors are free
	GCPressure              // assists or stops of the world by the collector
	Blocked                 // threads blocked in system calls or cgo
	LateTimers              // timers or the network poller are served late while run queues are short
	Captured                // all processors are held by code that cannot be preempted
	Contended               // other processes take the CPUs

	Causes = iota // how many there are
)

// Verdict is what the samples up to now mean.
type Verdict struct {
	Cause    Cause
	Since    time.Time     // of the first sample that showed it
	At       time.Time     // of the last
	Delay    time.Duration // how long work waits at present: the worst of the signals that led to the cause
	Evidence string        // one line with the numbers that led to it
}

// Starving tells whether anything is wrong.
func (v Verdict) Starving() bool { return v.Cause != Healthy }

// String is the cause's name in lower case, as it stands in logs and metrics.
func (c Cause) String() string {
	names := [...]string{"healthy", "hogs", "overload", "throttled", "lock convoy", "gc pressure", "blocked", "late timers", "captured", "contended"}
	if int(c) < len(names) {
		return names[c]
	}
	return "unknown"
}
