package sense

import "time"

// While the sampler rests, its timer is far away. Requests take its samples (peek), and when the process has used as much processor time as hogs on all of
// its processors do within an interval, the alarm rings (wake). Neither wakes anybody in a process that does nothing.

// rest begins a rest, or goes on with it, after a sample.
func (s *Sampler) rest(now time.Time) {
	if s.pace.resting() && !s.alarm.set(s.alarmed()) {
		s.due, s.pace.rest = calmFactor*s.config.Interval, 0 // no alarm, no rest
	}
	switch {
	case s.pace.resting():
		s.heart.lookFrom(now.Add(s.config.Interval))
	case s.pace.service:
		s.heart.noLook()
	}
}

// alarmed is the processor time after which the alarm rings.
func (s *Sampler) alarmed() time.Duration { return s.config.Interval * time.Duration(s.usable) }

// overdue is how late a sample is that is taken now because of the processor time that was used since the one before: since then, all processors
// were in use for at least so long. Negative if none is due.
func (s *Sampler) overdue() time.Duration {
	cpu, _ := processCPU()
	return (cpu - s.cpu - s.alarmed()) / time.Duration(s.usable)
}

// answer is the goroutine that waits for the alarm.
func (s *Sampler) answer(a *alarm) {
	for range a.rung {
		s.wake()
	}
}

// wake takes a sample, unless one was taken meanwhile or it was the alarm of another sampler that rang.
func (s *Sampler) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if s.closed || !s.pace.resting() {
		s.standIn(now)
		return
	}
	if late := s.overdue(); late >= 0 {
		s.take(now, late)
		s.expect()
	}
}

// peek is what a request does for the sampler: it takes a sample if the process does not compute. If it does, that is the sampler's to do: other
// goroutines may wait for long, but the scheduler looks at timers before it looks at them.
func (s *Sampler) peek(now time.Time) {
	if !s.mu.TryLock() { // a sample is being taken
		return
	}
	defer s.mu.Unlock()
	if s.closed || !s.pace.resting() {
		return
	}
	cpu, _ := processCPU()
	if cpu-s.cpu < time.Duration(activeShare*float64(s.usable)*float64(now.Sub(s.at))) {
		if s.look(now, 0); !s.pace.resting() {
			s.expect()
		}
		return
	}
	s.pace.quiet = 0
	s.next = now.Add(-max(0, s.overdue()))
	s.heart.Beat(s.next)
	s.timer.Reset(0)
}
