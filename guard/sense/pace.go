package sense

import "time"

// pace chooses the interval to the next sample. A wake-up costs far more than the look itself (some three threads are woken, and the CPU), so that a
// process is looked at as often as configured only once something in it waits. Until then half as often will do: hogs are detected as soon, since
// it is their first slice of 10 ms that gives them away. A service in which nothing happens rests, until a request rouses the sampler or
// the process is seen to do something. A process without requests does not, since nobody would rouse it.
type pace struct {
	shortest time.Duration
	rest     time.Duration
	steady   bool // never anything but the shortest
	roused   bool // there are requests, and they rouse it
	idle     int  // samples in a row that showed nothing
}

const (
	calmFactor  = 2    // times the shortest while nothing waits
	activeShare = 0.5  // of the usable processors, from which on a process is worth a look at its network poller: one that runs out of work asks it
	idleShare   = 0.05 // of one processor, below which a process computes nothing; sampling itself is in it
	idleCalls   = 8    // goroutines in system calls, from which on it does something; a process at rest has some that wait for signals and the like
	idleSamples = 4    // in a row, after which it rests

	sign = 2 * time.Millisecond // a wait that is no accident
)

// next returns the interval after s.
func (p *pace) next(s *Sample) time.Duration {
	switch {
	case p.steady || waiting(s):
		p.idle = 0
		return p.shortest
	case !idle(s):
		p.idle = 0
	case p.idle < idleSamples:
		p.idle++
	}
	if p.resting() {
		return max(p.rest, calmFactor*p.shortest)
	}
	return calmFactor * p.shortest
}

// rouse ends a rest: there is a request.
func (p *pace) rouse() { p.idle, p.roused = 0, true }

// resting tells whether the process rests.
func (p *pace) resting() bool { return p.roused && p.idle == idleSamples }

// idle tells whether nothing happened in the process: that it used no processor is not enough, for it may wait for locks, for system calls, and for
// processors that are held by calls which the runtime does not know of.
func idle(s *Sample) bool {
	return s.Busy < idleShare && s.Overshoot < sign && s.Running <= 1 && s.NotInGo < idleCalls && s.MutexWait <= 0
}

// active tells whether the process uses much of its processors; load that is unknown counts as much.
func active(s *Sample) bool {
	return !(s.Busy/min(s.CPUs, float64(s.Procs)) < activeShare)
}

// waiting tells whether s has a sign that something of the process waited for a processor. A late timer alone is none: in a process that used
// little meanwhile it is not the process that kept it.
func waiting(s *Sample) bool {
	return s.Stale >= sign || s.RunQueue.Count > 1 && s.RunQueue.P50 >= sign || s.Runnable > s.Procs || s.Throttled.Throttled > 0
}
