package sense

import "time"

// pace chooses the interval to the next sample. A wake-up of a process that does nothing costs far more than the look itself (some three threads
// are woken), and one that does little starves nobody, so that only a process that does much is looked at as often as configured.
type pace struct {
	shortest time.Duration
	steady   bool      // never anything but the shortest
	idleAt   time.Time // since when the process does nothing; zero if it does something
}

const (
	activeShare = 0.25        // of the usable processors, from which on the shortest interval is taken
	idleShare   = 0.02        // below which the process does nothing
	idleAfter   = time.Second // of doing nothing for the longest interval
	restFactor  = 2           // times the shortest when little is done
	idleFactor  = 4           // and when nothing was done for a while
)

// next returns the interval after s. Anything that looks like waiting, and load that is unknown, gets the shortest.
func (p *pace) next(s *Sample) time.Duration {
	load := s.Busy / min(s.CPUs, float64(s.Procs))
	if !(load < idleShare) {
		p.idleAt = time.Time{}
	} else if p.idleAt.IsZero() {
		p.idleAt = s.At
	}
	switch {
	case p.steady || !(load < activeShare) || waiting(s):
		return p.shortest
	case !p.idleAt.IsZero() && s.At.Sub(p.idleAt) >= idleAfter:
		return idleFactor * p.shortest
	}
	return restFactor * p.shortest
}

// waiting tells whether s has a sign that something of the process waited for a processor. A late timer alone is none: in a process that used
// little meanwhile it is not the process that kept it.
func waiting(s *Sample) bool {
	const sign = 2 * time.Millisecond
	return s.Stale >= sign || s.RunQueue.Count > 1 && s.RunQueue.P50 >= sign || s.Runnable > s.Procs || s.Throttled.Throttled > 0
}
