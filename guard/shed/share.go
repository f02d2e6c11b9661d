package shed

import "time"

// shares knows how requests divide into priorities, to turn away the right number in all while the lowest go first.
type shares struct {
	arrived [classes]uint64  // at the sample before
	rate    [classes]float64 // requests per second, smoothed
}

// memory is the time over which rates are smoothed.
const memory = 200 * time.Millisecond

// update takes the number of requests that have arrived up to now.
func (s *shares) update(arrived [classes]uint64, interval time.Duration) {
	if interval <= 0 {
		return
	}
	weight := min(interval.Seconds()/memory.Seconds(), 1)
	for class, n := range arrived {
		rate := float64(n-s.arrived[class]) / interval.Seconds()
		s.rate[class] += weight * (rate - s.rate[class])
	}
	s.arrived = arrived
}

// total returns the requests of all priorities that come in a second.
func (s *shares) total() (rate float64) {
	for _, r := range s.rate {
		rate += r
	}
	return rate
}

// split gives each priority its probability so that in all the share is turned away: the lowest up to most, then the next.
// So none is greater than that of a lower priority.
func (s *shares) split(share, most float64) (drop [classes]float64) {
	total := s.total()
	for class, rate := range s.rate {
		part := rate / total
		switch {
		case share <= 0:
		case total <= 0:
			drop[class] = share
		case share >= most*part:
			drop[class] = most
			share -= most * part
		default:
			drop[class] = share / part
			share = 0
		}
	}
	return drop
}
