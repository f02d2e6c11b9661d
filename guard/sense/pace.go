package sense

import "time"

// pace chooses the interval to the next sample. A wake-up of a process that does nothing costs far more than the look itself (some three threads
// are woken), and one that does little starves nobody, so that only a process that does something is looked at as often as configured.
type pace struct {
	shortest time.Duration
	steady   bool // never anything but the shortest
}

const (
	activeShare = 0.1 // of the usable processors, from which on the shortest interval is taken
	restFactor  = 2   // times the shortest when less is done
)

// next returns the interval after s. Anything that looks like waiting, and load that is unknown, gets the shortest.
func (p pace) next(s *Sample) time.Duration {
	load := s.Busy / min(s.CPUs, float64(s.Procs))
	if p.steady || !(load < activeShare) || waiting(s) {
		return p.shortest
	}
	return restFactor * p.shortest
}

// waiting tells whether s has a sign that something of the process waited for a processor. A late timer alone is none: in a process that used
// little meanwhile it is not the process that kept it.
func waiting(s *Sample) bool {
	const sign = 2 * time.Millisecond
	return s.Stale >= sign || s.RunQueue.Count > 1 && s.RunQueue.P50 >= sign || s.Runnable > s.Procs || s.Throttled.Throttled > 0
}
