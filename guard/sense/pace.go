package sense

import "time"

// pace chooses the interval to the next sample. A wake-up costs far more than the look itself (some three threads are woken), so that a process
// is looked at as often as configured only once something in it waits; until then half as often will do: hogs are detected as soon, since
// it is their first slice of 10 ms that gives them away.
type pace struct {
	shortest time.Duration
	steady   bool // never anything but the shortest
}

const (
	restFactor  = 2   // times the shortest while nothing waits
	activeShare = 0.1 // of the usable processors, from which on a process is worth a look at its network poller
)

// next returns the interval after s.
func (p pace) next(s *Sample) time.Duration {
	if p.steady || waiting(s) {
		return p.shortest
	}
	return restFactor * p.shortest
}

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
