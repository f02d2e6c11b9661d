package metric

import (
	"math"
	"sync"
	"time"

	guard "github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"github.com/mote-go/mote/guard/watch"
)

// Delays are a sample's values for the histograms, in seconds and in the order of Distributions; NaN where there is none.
type Delays [3]float64

// DelaysOf takes them from a sample and its verdict.
func DelaysOf(s sense.Sample, v classify.Verdict) Delays {
	d := Delays{v.Delay.Seconds(), seconds(s.Overshoot), math.NaN()}
	if s.RunQueue.Count > 0 {
		d[2] = s.RunQueue.P99.Seconds()
	}
	return d
}

func seconds(d time.Duration) float64 {
	if d == sense.Unknown {
		return math.NaN()
	}
	return d.Seconds()
}

// Tally sums up samples, which speak of intervals, to counters. The zero Tally is ready for use, from any goroutine.
type Tally struct {
	mu     sync.Mutex
	last   sense.Sample
	cause  classify.Cause
	sums   map[int]float64
	stops  [2]float64 // for the collector, for other reasons
	count  uint64
	source Source
}

// Source is what knows the rest; *guard.Guard is one.
type Source interface{ Status() guard.Status }

// Attach gives the tally a guard to ask when values are collected. Before that, it has those of samples only.
func (t *Tally) Attach(s Source) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.source = s
}

// Add adds a sample. After the first it allocates nothing.
func (t *Tally) Add(s sense.Sample, v classify.Verdict) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sums == nil {
		t.sums = map[int]float64{}
	}
	t.last, t.cause = s, v.Cause
	t.count++
	t.sum(used, s.Busy*s.Interval.Seconds())
	t.sum(mutexWait, seconds(s.MutexWait))
	t.sum(throttledTime, seconds(s.Throttled.Time))
	t.sum(pressure, seconds(s.Pressure))
	if s.Throttled.Periods != sense.Unknown {
		t.sum(throttledPeriods, float64(s.Throttled.Throttled))
	}
	t.stops[0] += s.StopGC.Total.Seconds()
	t.stops[1] += s.StopOther.Total.Seconds()
}

// sum adds to a counter, unless it is not known.
func (t *Tally) sum(metric int, n float64) {
	if !math.IsNaN(n) {
		t.sums[metric] += math.Max(0, n)
	}
}

// values collects.
type values []Value

func (v *values) add(metric int, n float64, attributes ...string) {
	if !math.IsNaN(n) && !math.IsInf(n, 0) {
		*v = append(*v, Value{metric, attributes, n})
	}
}

func (v *values) count(metric, n int) {
	if n != sense.Unknown {
		v.add(metric, float64(n))
	}
}

// Values gives all series with a value.
func (t *Tally) Values() []Value {
	t.mu.Lock()
	source := t.source
	v := t.own()
	t.mu.Unlock()
	if source != nil {
		v.status(source.Status())
	}
	return v
}

// own are the values from samples.
func (t *Tally) own() (v values) {
	v.add(samples, float64(t.count))
	if t.count == 0 {
		return v
	}
	v.count(runnable, t.last.Runnable)
	v.count(running, t.last.Running)
	v.count(notInGo, t.last.NotInGo)
	v.count(threads, t.last.Threads)
	v.count(procs, t.last.Procs)
	v.add(available, t.last.CPUs)
	for _, m := range []int{used, mutexWait, throttledPeriods, throttledTime, pressure} {
		if n, ok := t.sums[m]; ok {
			v.add(m, n)
		}
	}
	v.add(stopped, t.stops[0], "gc")
	v.add(stopped, t.stops[1], "other")
	for c := classify.Cause(0); c < classify.Causes; c++ {
		v.add(starving, truth(c == t.cause), c.String())
	}
	return v
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// status adds what a guard counts itself, and its actions.
func (v *values) status(s guard.Status) {
	for c, t := range s.Totals {
		v.add(stateTime, t.Time.Seconds(), classify.Cause(c).String())
		v.add(starvations, float64(t.Times), classify.Cause(c).String())
	}
	v.add(lost, float64(s.Lost))
	v.shed(s.Shed)
	v.boost(s.Boost)
	v.record(s.Record)
	v.watch(s.Watch)
}

func (v *values) shed(s *shed.Stats) {
	if s == nil {
		return
	}
	v.add(shedShare, s.Share)
	for _, d := range s.Priority {
		v.add(requests, float64(d.Admitted), d.Priority.String(), "admitted")
		v.add(requests, float64(d.Rejected), d.Priority.String(), "rejected")
	}
}

func (v *values) boost(s *boost.Stats) {
	if s != nil {
		v.add(boosts, float64(s.Boosts))
		v.add(boostTime, s.Time.Seconds())
		v.add(boostProcs, float64(s.Procs))
	}
}

func (v *values) record(s *record.Stats) {
	if s != nil {
		v.add(snapshots, float64(s.Snapshots))
		v.add(recordFailures, float64(s.Failures))
	}
}

func (v *values) watch(s *watch.Stats) {
	if s != nil {
		v.add(silences, float64(s.Silences))
		v.add(watching, truth(s.Alive))
	}
}
