package sense

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
	"time"
)

// Config says how a Sampler samples. The zero Config means the defaults.
type Config struct {
	Interval time.Duration // between samples, 1 ms to 1 s; 0 means 5 ms. Twice that while nothing waits
	Rest     time.Duration // between samples of a service that leaves half of its processors free, unless it begins to compute, twice Interval to 10 s; 0 means 100 ms
	Steady   bool          // sample at Interval even then
	Signal   int           // real-time signal by which the kernel ends a rest (Linux), 35 to 64, used for nothing else; 0 means 62
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
		c.Rest = max(100*time.Millisecond, calmFactor*c.Interval)
	}
	if c.Rest < calmFactor*c.Interval || c.Rest > 10*time.Second {
		return c, fmt.Errorf("sense: Rest is %v, want twice Interval (%v) to 10s", c.Rest, c.Interval)
	}
	if c.Signal == 0 {
		c.Signal = 62
	}
	if c.Signal < 35 || c.Signal > 64 { // the runtime keeps those before for itself and for C
		return c, fmt.Errorf("sense: Signal is %d, want a real-time signal, 35 to 64", c.Signal)
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
	alarm   *alarm        // nil where there is none
	timer   *time.Timer   // the timer probe
	next    time.Time     // when it is due
	at      time.Time     // of the last sample
	due     time.Duration // from then to the next
	cpu     time.Duration // of the process, then
	ticked  time.Duration // the same by the kernel's ticks
	period  time.Duration // of them, Unknown if nobody says
	usable  int           // processors that it may use at the same time
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
	s.pace = pace{shortest: c.Interval, steady: c.Steady}
	s.due = c.Interval
	s.heart.peek = s.peek
	s.cpu, _ = processCPU()
	s.ticked, _ = tickedCPU()
	s.period = tickPeriod()
	s.usable = min(a.cpus, runtime.GOMAXPROCS(0))
	return s, nil
}

// Heartbeat is what requests may look at. It is valid for the sampler's whole life.
func (s *Sampler) Heartbeat() *Heartbeat { return s.heart }

// Start begins to sample and calls observe after each sample, never twice at a time, on the sampler's goroutine or on one that takes a sample for it, a
// request's among them (Heartbeat.Meet). observe must not keep it: what it takes delays the next sample. observe must not call the sampler's methods. Start may be called once.
func (s *Sampler) Start(observe func(Sample)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started || s.closed {
		return errors.New("sense: the sampler was started or closed before")
	}
	s.started, s.observe = true, observe
	s.at = time.Now()
	s.poll = startPollProbe(s.nudge)
	if a, err := newAlarm(s.config.Signal); err == nil {
		s.alarm, s.pace.rest = a, s.config.Rest
		go s.answer(a)
	}
	s.timer = time.NewTimer(s.due)
	s.expect()
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
	if s.started {
		s.timer.Reset(0) // run ends
	}
	return errors.Join(s.poll.close(), s.alarm.close(), s.around.close())
}

// run is the sampler's goroutine.
func (s *Sampler) run() {
	for range s.timer.C {
		if !s.tick() {
			return
		}
	}
}

// expect sets the timer, which is the timer probe: a sample is due an interval after the one before was taken, since a processor lost meanwhile is
// lateness too.
func (s *Sampler) expect() {
	s.next = s.at.Add(s.due)
	s.heart.Beat(s.next)
	s.timer.Reset(time.Until(s.next))
}

// pollEvery is how many samples of a busy process lie between two looks at the network poller.
const pollEvery = 4

// nudge takes a sample on a goroutine that happens to run while the sampler is overdue, so that what keeps the sampler is seen as
// soon as anybody gets a processor.
func (s *Sampler) nudge(now time.Time) {
	if s.heart.Age(now) > s.config.Interval && s.mu.TryLock() {
		defer s.mu.Unlock()
		s.standIn(now)
	}
}

// standIn takes the sample of a sampler that is overdue.
func (s *Sampler) standIn(now time.Time) {
	if late := now.Sub(s.next); !s.closed && late > s.config.Interval && now.Sub(s.at) > s.config.Interval {
		s.take(now, late)
	}
}

// tick takes the sample that is due. It returns false once the sampler is closed.
func (s *Sampler) tick() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	now, due := time.Now(), s.next
	if s.at.After(due) {
		due = s.at // somebody else took a sample since, which told of the time until then
	}
	s.take(now, max(0, now.Sub(due)))
	s.expect()
	return true
}

// take takes a sample, has it observed, and reads the slow sources. They come last, since their system calls may cost the processor: what they say is in
// the next sample.
func (s *Sampler) take(now time.Time, overshoot time.Duration) {
	x := s.look(now, overshoot)
	// When the sampler was kept waiting, whatever kept it is of interest now and not at the next turn of the slow sources.
	if !now.Before(s.slowAt) || overshoot > s.config.Interval {
		s.found = s.around.read(now, !s.full(&x))
		s.slowAt = now.Add(s.config.Slow)
	}
}

// look takes a sample, decides on the interval to the next, and has it observed.
func (s *Sampler) look(now time.Time, overshoot time.Duration) Sample {
	x := s.sample(now, overshoot)
	s.pace.service = s.heart.met.Load()
	s.due = s.pace.next(&x)
	s.rest(now)
	if s.count++; active(&x) && s.count%pollEvery == 0 {
		s.poll.arm(now, s.config.Interval)
	}
	s.observe(x)
	return x
}

// sample looks at everything that costs no more than a microsecond.
func (s *Sampler) sample(now time.Time, overshoot time.Duration) Sample {
	x := Sample{At: now, Interval: now.Sub(s.at), Due: s.due, Overshoot: overshoot, Poll: s.poll.take(now), Stale: s.heart.take(), Busy: math.NaN(), Ticked: Unknown, Tick: s.period}
	if cpu, ok := processCPU(); ok && x.Interval > 0 {
		x.Busy = (cpu - s.cpu).Seconds() / x.Interval.Seconds()
		s.cpu = cpu
	}
	if t, ok := tickedCPU(); ok && s.period != Unknown {
		x.Ticked, s.ticked = t-s.ticked, t
	}
	s.at = now
	s.runtime.read(&x, now)
	x.Around, x.Throttled, x.Pressure = s.found.over, s.found.throttled, s.found.pressure
	s.found = surroundings{}
	x.Cores, x.CPUs = s.around.cpus, s.around.allowed()
	s.usable = min(x.Cores, x.Procs)
	return x
}

// fullShare of the processors is about all of them.
const fullShare = 0.8

// full tells whether the process used about all of its processors.
func (s *Sampler) full(x *Sample) bool { return x.Busy >= fullShare*float64(s.usable) }
