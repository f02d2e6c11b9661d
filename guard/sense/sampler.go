package sense

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"time"
)

// Config says how a Sampler samples. The zero Config means the defaults.
type Config struct {
	Interval time.Duration // between samples, 1 ms to 1 s; 0 means 5 ms. Twice that while nothing waits
	Rest     time.Duration // between samples of a service that does nothing, until there is a request (Heartbeat.Meet), to 1 s; 0 means 100 ms; no less than twice Interval
	Steady   bool          // sample at Interval even then
	Slow     time.Duration // between reads of control group and pressure, Interval to 10 s; 0 means 50 ms
	Root     string        // where /proc and /sys are; "" means "/"
}

// withDefaults checks c and fills in what is zero.
func (c Config) withDefaults() (Config, error) {
	if c.Interval == 0 {
		c.Interval = 5 * time.Millisecond
	}
	if c.Interval < time.Millisecond || c.Interval > time.Second {
		return c, fmt.Errorf("sense: Interval is %v, want 1ms to 1s", c.Interval)
	}
	if c.Rest == 0 {
		c.Rest = 100 * time.Millisecond
	}
	if c.Rest < 0 || c.Rest > time.Second {
		return c, fmt.Errorf("sense: Rest is %v, want 0 to 1s", c.Rest)
	}
	if c.Slow == 0 {
		c.Slow = max(50*time.Millisecond, c.Interval)
	}
	if c.Slow < c.Interval || c.Slow > 10*time.Second {
		return c, fmt.Errorf("sense: Slow is %v, want Interval (%v) to 10s", c.Slow, c.Interval)
	}
	if c.Root == "" {
		c.Root = "/"
	}
	return c, nil
}

// Sampler takes samples at an interval on a goroutine of its own.
type Sampler struct {
	config Config
	heart  *Heartbeat

	mu      sync.Mutex // held while a sample is taken and observed
	started bool
	closed  bool
	observe func(Sample)
	runtime *runtimeReader
	around  *around
	pace    pace
	count   int           // of samples
	poll    *pollProbe    // nil where there is none
	at      time.Time     // of the last sample
	due     time.Duration // from then to the next
	cpu     time.Duration // of the process, then
	slowAt  time.Time     // when slow sources are due
	found   surroundings  // what they said, for the next sample
}

// New prepares a sampler and opens its files. Nothing runs before Start. An error names the wrong field of c, or a file that is there
// and does not read as it should; that the system has no control groups is no error.
func New(c Config) (*Sampler, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	now := time.Now()
	a, err := openAround(c.Root, now)
	if err != nil {
		return nil, fmt.Errorf("sense: %w", err)
	}
	s := &Sampler{config: c, heart: NewHeartbeat(), runtime: newRuntimeReader(now), around: a, at: now}
	s.pace = pace{shortest: c.Interval, rest: c.Rest, steady: c.Steady}
	s.due = c.Interval
	s.cpu, _ = processCPU()
	return s, nil
}

// Heartbeat is what requests may look at. It is valid for the sampler's whole life.
func (s *Sampler) Heartbeat() *Heartbeat { return s.heart }

// Start begins to sample and calls observe after each sample, never twice at a time, on the sampler's goroutine, which it must not keep: what
// it takes delays the next sample. observe must not call the sampler's methods. Start may be called once.
func (s *Sampler) Start(observe func(Sample)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started || s.closed {
		return errors.New("sense: the sampler was started or closed before")
	}
	s.started, s.observe = true, observe
	s.at = time.Now()
	s.poll = startPollProbe(s.nudge)
	go s.run()
	return nil
}

// Close ends sampling and closes the files. Once it returns, observe is not called any more. It waits for a call that is under way.
func (s *Sampler) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return errors.Join(s.poll.close(), s.around.close())
}

// run is the sampler's goroutine. Its timer is the timer probe. A sample is due an interval after the one before was taken: a processor lost since
// then is lateness too.
func (s *Sampler) run() {
	due := time.Now().Add(s.config.Interval)
	timer := time.NewTimer(s.config.Interval)
	defer timer.Stop()
	for !due.IsZero() {
		s.heart.Beat(due)
		select {
		case <-timer.C:
		case <-s.heart.roused:
			s.rouse()
			if !timer.Stop() { // before Go 1.23 its tick may be in the channel
				select {
				case <-timer.C:
				default:
				}
			}
		}
		due = s.tick(due)
		timer.Reset(time.Until(due))
	}
}

// rouse ends a rest.
func (s *Sampler) rouse() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pace.rouse()
}

// pollEvery is how many samples of a busy process lie between two looks at the network poller.
const pollEvery = 4

// nudge takes a sample on a goroutine that happens to run while the sampler is overdue, so that what keeps the sampler is seen as
// soon as anybody gets a processor.
func (s *Sampler) nudge(now time.Time) {
	if late := s.heart.Age(now); late > s.config.Interval && s.mu.TryLock() {
		defer s.mu.Unlock()
		if !s.closed && now.Sub(s.at) > s.config.Interval {
			s.take(now, late)
		}
	}
}

// tick takes a sample, has it observed, and returns when the next is due; the zero time once the sampler is closed.
func (s *Sampler) tick(due time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return time.Time{}
	}
	now := time.Now()
	if s.at.After(due) {
		due = s.at // somebody else took a sample since, which told of the time until then
	}
	s.take(now, max(0, now.Sub(due)))
	return s.at.Add(s.due)
}

// take takes a sample, decides on the interval to the next, and has it observed. The slow sources come last, since their system calls may cost
// the processor: what they say is in the next sample.
func (s *Sampler) take(now time.Time, overshoot time.Duration) {
	x := s.sample(now, overshoot)
	s.due = s.pace.next(&x)
	if s.pace.resting() {
		s.heart.rest()
	}
	if s.count++; active(&x) && s.count%pollEvery == 0 {
		s.poll.arm(now, s.config.Interval)
	}
	s.observe(x)
	// When the sampler was kept waiting, whatever kept it is of interest now and not at the next turn of the slow sources.
	if !now.Before(s.slowAt) || overshoot > s.config.Interval {
		own := x.Busy >= 0.8*float64(min(x.Cores, x.Procs))
		s.found = s.around.read(now, !own)
		s.slowAt = now.Add(s.config.Slow)
	}
}

// sample looks at everything that costs no more than a microsecond.
func (s *Sampler) sample(now time.Time, overshoot time.Duration) Sample {
	x := Sample{At: now, Interval: now.Sub(s.at), Due: s.due, Overshoot: overshoot, Poll: s.poll.take(now), Stale: s.heart.take(), Busy: math.NaN()}
	if cpu, ok := processCPU(); ok && x.Interval > 0 {
		x.Busy = (cpu - s.cpu).Seconds() / x.Interval.Seconds()
		s.cpu = cpu
	}
	s.at = now
	s.runtime.read(&x, now)
	x.Around, x.Throttled, x.Pressure = s.found.over, s.found.throttled, s.found.pressure
	s.found = surroundings{}
	x.Cores, x.CPUs = s.around.cpus, s.around.allowed()
	return x
}
