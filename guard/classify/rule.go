package classify

import (
	"fmt"
	"math"
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// finding is what one rule says about the latest samples.
type finding struct {
	cause Cause         // Healthy if the rule does not apply
	delay time.Duration // how long work waits by this rule's signal, over the limit or not
	sure  bool          // one such finding is enough; else a second one must follow
	why   func() string // the numbers, put into words only when somebody will read them
}

// usable is the number of processors that the process could use at s.
func usable(s *sense.Sample) float64 { return math.Min(s.CPUs, float64(s.Procs)) }

// throttled: the quota ran out in the window, and the group stood still for longer than the limit.
func (c *Classifier) throttled(s *sense.Sample, long *sums) finding {
	if long.throttled == 0 || long.throttle < c.config.Limit {
		return finding{}
	}
	return finding{Throttled, time.Duration(float64(long.throttle) / float64(long.throttled)), true, func() string {
		return fmt.Sprintf("quota of %.2f CPUs ran out in %d of %d periods of %v, standing still for %v summed over CPUs", s.CPUs, long.throttled, long.periods, long.period, round(long.throttle))
	}}
}

// stopped: the world stood still for longer than the limit.
func (c *Classifier) stopped(s *sense.Sample, _ *sums) finding {
	longest := max(s.StopGC.Max, s.StopOther.Max)
	f := finding{delay: longest}
	if longest < c.config.Limit {
		return f
	}
	f.cause, f.sure = GCPressure, true
	f.why = func() string {
		return fmt.Sprintf("world stopped for up to %v by the collector, %v by others", round(s.StopGC.Max), round(s.StopOther.Max))
	}
	return f
}

// assisting: goroutines that allocate do much of the collector's work.
func (c *Classifier) assisting(s *sense.Sample, _ *sums) finding {
	share := s.GCAssist / usable(s)
	if s.Cycle == 0 || !(share >= c.config.Assist) {
		return finding{}
	}
	return finding{GCPressure, time.Duration(share * float64(s.Cycle)), false, func() string {
		return fmt.Sprintf("assists took %.0f%% of the processors over a collector cycle of %v, all of the collector %.0f%%", 100*share, round(s.Cycle), 100*s.GC/usable(s))
	}}
}

// late: the probe's timer fired late. What the processors did meanwhile tells the causes apart.
func (c *Classifier) late(s *sense.Sample, long *sums) finding {
	f := finding{delay: max(s.Overshoot, s.Stale)}
	if f.delay < c.config.Limit {
		return f
	}
	used := s.Busy * float64(s.Interval) / (float64(f.delay) * usable(s))
	waiting := share(long.pressure, long.around)
	f.why = func() string {
		return fmt.Sprintf("timer %v late, processors %.0f%% used meanwhile, %s runnable, some task waited for a CPU %.0f%% of the time", round(f.delay), 100*math.Min(used, 1), count(s.Runnable), 100*waiting)
	}
	switch {
	case used >= 0.8 && f.delay >= 10*c.config.Limit:
		f.cause, f.sure = Captured, true
	case used >= 0.8:
		f.cause, f.sure = Hogs, true
	case waiting >= 0.3:
		f.cause = Contended
	default:
		f.cause = LateTimers
	}
	return f
}

// queued: what becomes runnable waits behind a queue.
func (c *Classifier) queued(s *sense.Sample, short *sums) finding {
	wait, slice := queueWait(s, short)
	f := finding{delay: max(wait, s.RunQueue.P50)}
	if f.delay < c.config.Limit {
		return f
	}
	f.why = func() string {
		return fmt.Sprintf("%s runnable, running for %v at a time: a wait of %v; measured p50 %v, p99 %v", count(s.Runnable), round(slice), round(wait), round(s.RunQueue.P50), round(s.RunQueue.P99))
	}
	switch {
	case s.Runnable != sense.Unknown && s.Runnable <= 2*s.Procs && wait < c.config.Limit:
		f.cause = LateTimers
	case slice >= c.config.Limit/2:
		f.cause = Hogs
	default:
		f.cause = Overload
	}
	return f
}

// queueWait is how long the last in the queue will wait: the queue's length times the time that each takes (Little's law), and that time. The
// runtime measures one transition in eight; with none measured, the time is at most what was used by eight.
func queueWait(s *sense.Sample, short *sums) (wait, slice time.Duration) {
	runs := 8 * max(short.runs, 1)
	slice = short.cpu / time.Duration(runs)
	if s.Runnable == sense.Unknown || s.Procs == 0 {
		return 0, slice
	}
	return time.Duration(s.Runnable) * slice / time.Duration(s.Procs), slice
}

// convoy: goroutines wait for locks while processors are free.
func (c *Classifier) convoy(s *sense.Sample, long *sums) finding {
	waiters := share(long.mutex, long.time)
	if waiters < c.config.Waiters || long.time < c.config.Window/2 {
		return finding{}
	}
	return finding{LockConvoy, time.Duration(math.Min(waiters, 1e6) * float64(c.config.Limit) / c.config.Waiters), false, func() string {
		return fmt.Sprintf("%.1f goroutines waited for locks on average, with %.2f of %.2f processors used", waiters, share(long.cpu, long.time), usable(s))
	}}
}

// blocked: many goroutines sit in system calls or cgo.
func (c *Classifier) blocked(s *sense.Sample, long *sums) finding {
	if long.least == sense.Unknown || long.least < c.config.Threads || long.time < c.config.Window/2 {
		return finding{}
	}
	return finding{Blocked, long.time, false, func() string {
		return fmt.Sprintf("%d or more goroutines in system calls or cgo for %v, %d threads", long.least, round(long.time), s.Threads)
	}}
}

func share(part, whole time.Duration) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func round(d time.Duration) time.Duration { return d.Round(10 * time.Microsecond) }

func count(n int) string {
	if n == sense.Unknown {
		return "unknown number"
	}
	return fmt.Sprint(n)
}
