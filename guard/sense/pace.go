package sense

import "time"

// pace chooses the interval to the next sample. A wake-up costs far more than the look itself (some three threads are woken, and the CPU), so that a
// process is looked at as often as configured only once something in it waits. Until then half as often will do: hogs are detected as soon, since
// it is their first slice of 10 ms that gives them away. A process that does nothing at all rests, until a request rouses the sampler or
// the process is seen to do something.
type pace struct {
	shortest time.Duration
	rest     time.Duration
	steady   bool // never anything but the shortest
	idle     int  // samples in a row that showed nothing
}

const (
	calmFactor  = 2    // times the shortest while nothing waits
	activeShare = 0.5  // of the usable processors, from which on a process is worth a look at its network poller: one that runs out of work asks it
	idleShare   = 0.05 // of one processor, below which a process does nothing; sampling itself is in it
	idleSamples = 4    // in a row, after which it rests
)

// next returns the interval after s.
func (p *pace) next(s *Sample) time.Duration {
	switch {
	case p.steady || waiting(s):
		p.idle = 0
		return p.shortest
	case !(s.Busy < idleShare):
		p.idle = 0
	case p.idle < idleSamples:
		p.idle++
	}
	if p.idle == idleSamples {
		return max(p.rest, calmFactor*p.shortest)
	}
	return calmFactor * p.shortest
}

// rouse ends a rest: there is a request.
func (p *pace) rouse() { p.idle = 0 }

// resting tells whether the process rests.
func (p *pace) resting() bool { return p.idle == idleSamples }

// active tells whether the process does something; load that is unknown counts as much.
func active(s *Sample) bool {
	return !(s.Busy/min(s.CPUs, float64(s.Procs)) < activeShare)
}

// waiting tells whether s has a sign that something of the process waited for a processor. A late timer alone is none: in a process that used
// little meanwhile it is not the process that kept it.
func waiting(s *Sample) bool {
	const sign = 2 * time.Millisecond
	return s.Stale >= sign || s.RunQueue.Count > 1 && s.RunQueue.P50 >= sign || s.Runnable > s.Procs || s.Throttled.Throttled > 0
}
