package sense

import "time"

// pace chooses the interval to the next sample. A wake-up costs far more than the look itself (some three threads are woken, and the CPU), so that a
// process is looked at as often as configured only once something in it waits, or it uses half of its processors: then wakes are cheap, and the first slice of
// hogs is as short as 10 ms. Until then half as often will do: hogs are detected as soon, since it is their first slice that gives them away. A service in which
// nothing waits is left to its requests, which look for the sampler (Heartbeat.Meet), and to an alarm on its processor time: before it starves it must have used
// some. The alarm alone would do for a goroutine that computes on each processor; behind ten on each it comes 50 ms late, so that a process without requests is
// sampled on, about once in the first slice of hogs: a timer that comes due in it is late at its end.
type pace struct {
	shortest time.Duration
	rest     time.Duration // 0 if there is no alarm
	steady   bool          // never anything but the shortest
	service  bool          // there are requests
	quiet    int           // samples in a row in which nothing waited and processors were free
}

const (
	calmFactor   = 2    // times the shortest while nothing waits
	quietFactor  = 4    // and processors are free, in a process without requests
	activeShare  = 0.5  // of the usable processors, from which on a process is worth a look at its network poller: one that runs out of work asks it
	idleShare    = 0.05 // of one processor, below which goroutines that run do not: they are in calls which the runtime does not know of
	quietCalls   = 8    // goroutines in system calls, from which on it may be blocked in them; a process at rest has some that wait for signals and the like
	quietSamples = 4    // in a row, after which it rests

	sign = 2 * time.Millisecond // a wait that is no accident
)

// next returns the interval after s.
func (p *pace) next(s *Sample) time.Duration {
	switch {
	case p.steady || waiting(s) || load(s) >= activeShare:
		p.quiet = 0
		return p.shortest
	case !p.silent(s):
		p.quiet = 0
	case p.quiet < quietSamples:
		p.quiet++
	}
	switch {
	case p.resting():
		return p.rest
	case p.quiet == quietSamples:
		return quietFactor * p.shortest
	default:
		return calmFactor * p.shortest
	}
}

// resting tells whether the process may be left alone.
func (p *pace) resting() bool { return p.quiet == quietSamples && p.service && p.rest > 0 }

// silent tells whether nothing is about to starve: that it uses few processors is not enough, for it may wait for locks, for system calls, and for
// processors that are held by calls which the runtime does not know of. An alarm comes up to a tick of the kernel late, so that it counts only by half.
func (p *pace) silent(s *Sample) bool {
	parked := s.Running >= s.Procs && s.Running > 1 && s.Busy < idleShare
	return !active(s) && !parked && s.Overshoot < p.shortest && s.NotInGo < quietCalls && s.MutexWait < s.Interval
}

// active tells whether the process uses much of its processors; load that is unknown counts as much.
func active(s *Sample) bool { return !(load(s) < activeShare) }

// load is the share of its processors that the process used, or NaN.
func load(s *Sample) float64 { return s.Busy / min(s.CPUs, float64(s.Procs)) }

// waiting tells whether s has a sign that something of the process waited for a processor. A late timer alone is none: in a process that used
// little meanwhile it is not the process that kept it.
func waiting(s *Sample) bool {
	return s.Stale >= sign || s.RunQueue.Count > 1 && s.RunQueue.P50 >= sign || s.Runnable > s.Procs || s.Throttled.Throttled > 0
}
