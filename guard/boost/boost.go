// Package boost raises GOMAXPROCS above the number of CPUs for a while, when goroutines that compute without end hold all processors.
//
// The scheduler of Go gives a goroutine a slice of some ten milliseconds and serves the others in turn; with ten of them on two processors, a
// request waits for a tenth of a second. The kernel's scheduler is better at this: it has slices of a few milliseconds, and prefers a thread
// that slept. With a processor, and so a thread, for each of the computing goroutines, it is the kernel that divides the CPUs. It costs the hogs nothing
// that can be measured; the collector's longest pause grows (from 6 to 15 ms with five times the processors), so it is not for always.
//
// It helps when hogs are the cause, and also under a CPU quota if there are hogs; with many short pieces of work (overload) it does not, and is
// not done.
//
// Start reading with Booster.Observe.
package boost

import (
	"math"
	"sync"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/internal/procs"
	"github.com/mote-go/mote/guard/sense"
)

// Booster follows samples and sets GOMAXPROCS. Its methods are safe from any goroutine.
type Booster struct {
	config Config

	mu      sync.Mutex
	claim   claim
	load    load
	boosted bool
	since   time.Time // when the boost began
	stepped time.Time // when it last grew
	ended   time.Time // when the last boost did
	stats   Stats
}

// claim is what a Booster needs of procs.Claim.
type claim interface {
	Set(extra int) int
	Holds() bool
	Base() int
	Operated() bool
}

// New returns a booster that has changed nothing yet. The error names the field that cannot be.
func New(config Config) (*Booster, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	limit := procs.Process()
	return &Booster{config: config, claim: struct {
		*procs.Claim
		*procs.Limit
	}{limit.Claim(), limit}}, nil
}

// Name is the action's name in reports.
func (b *Booster) Name() string { return "boost" }

// Stats is what a booster did.
type Stats struct {
	Procs   int           // GOMAXPROCS that it asked for, while it boosts; else 0
	Boosts  int           // begun since the start
	Time    time.Duration // boosted, all in all
	Yielded int           // boosts that ended because something else set GOMAXPROCS
	Barred  bool          // the operator has set GOMAXPROCS, so nothing is done
}

// Stats returns the counters.
func (b *Booster) Stats() Stats {
	b.mu.Lock()
	defer b.mu.Unlock()
	stats := b.stats
	stats.Barred = b.barred()
	return stats
}

func (b *Booster) barred() bool { return b.claim.Operated() && !b.config.Override }

// Observe takes one sample, as guard.Action. Where it changes GOMAXPROCS, which happens a few times for a boost, it stops the
// world for tens of microseconds.
func (b *Booster) Observe(s sense.Sample, v classify.Verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.load.add(s, b.claim.Base())
	starving := b.load.hogs(v.Cause) && v.Delay >= b.config.Delay
	switch {
	case b.barred():
	case !b.boosted:
		if starving && (b.ended.IsZero() || s.At.Sub(b.ended) >= b.config.Cooldown) {
			b.begin(s)
		}
	case !b.claim.Holds():
		b.stats.Yielded++
		b.end(s.At)
	case b.over(s):
		b.end(s.At)
	default:
		b.stats.Time += s.Interval
		if starving && s.At.Sub(b.stepped) >= b.config.Step {
			b.step(s)
		}
	}
}

// over tells whether the boost has been long enough.
func (b *Booster) over(s sense.Sample) bool {
	held := s.At.Sub(b.since)
	return held >= b.config.Longest || held >= b.config.Hold && !b.load.full()
}

func (b *Booster) begin(s sense.Sample) {
	b.boosted, b.since = true, s.At
	b.stats.Boosts++
	b.stats.Procs = b.claim.Base()
	b.step(s)
}

// step doubles GOMAXPROCS, or makes it as great as it takes, where the runtime tells how many goroutines wait.
func (b *Booster) step(s sense.Sample) {
	base := b.claim.Base()
	most := max(min(base*b.config.Factor, b.config.Most), base)
	want := min(max(2*b.stats.Procs, s.Running+s.Runnable), most)
	b.stepped = s.At
	if want > b.stats.Procs {
		b.claim.Set(want - base)
		b.stats.Procs = want
	}
}

func (b *Booster) end(at time.Time) {
	b.claim.Set(0)
	b.boosted, b.ended, b.stats.Procs = false, at, 0
}

// Close restores GOMAXPROCS, if it was changed and nothing else has set it since.
func (b *Booster) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.boosted {
		b.end(b.ended)
	}
	return nil
}

// load says over the last moments whether there is more work than CPUs, and of what kind.
type load struct {
	wanted float64 // share of the time in which as many goroutines as there are CPUs wanted to compute
	used   float64 // processor time, seconds
	runs   float64 // stretches that it was divided into
}

const (
	memory = 250 * time.Millisecond // over which load is averaged
	long   = 4 * time.Millisecond   // of computing at a stretch, on average, is no short work
)

// add takes a sample; base is GOMAXPROCS without the boost.
func (l *load) add(s sense.Sample, base int) {
	weight := math.Min(s.Interval.Seconds()/memory.Seconds(), 1)
	wanted := 0.0
	switch {
	case s.Running >= 0 && s.Runnable >= 0:
		if s.Running+s.Runnable > base { // one of them is the sampler itself
			wanted = 1
		}
	case s.Busy >= 0.9*math.Min(s.CPUs, float64(base)):
		wanted = 1
	}
	l.wanted += weight * (wanted - l.wanted)
	used := s.Busy * s.Interval.Seconds()
	if math.IsNaN(used) {
		used = 0
	}
	l.used = l.used*(1-weight) + used
	l.runs = l.runs*(1-weight) + 8*float64(s.RunQueue.Count) // one in eight is measured
}

// full tells whether there is as much work as CPUs.
func (l *load) full() bool { return l.wanted >= 0.5 }

// hogs tells whether goroutines that compute without end are at work. Under a quota it takes a second look: what they have in common is
// that they compute for long at a stretch.
func (l *load) hogs(cause classify.Cause) bool {
	switch cause {
	case classify.Hogs:
		return true
	case classify.Throttled:
		return l.full() && l.used >= long.Seconds()*max(l.runs, 1)
	}
	return false
}
