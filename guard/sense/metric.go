package sense

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// The metrics that a runtimeReader reads at each sample, as indexes of its list.
const (
	schedLatencies = iota
	pausesGC
	pausesOther
	mutexWait
	runnable // from here on Go 1.26 and later
	running
	notInGo
	threads
	quickMetrics
)

// The metrics that are read after a long stop of the world.
const (
	stoppingGC = iota
	stoppingOther
	stopMetrics
)

// longStop is from when on it is of interest how long the goroutines took to stop.
const longStop = time.Millisecond

// The metrics that change when a cycle of the collector ends.
const (
	gcCycles = iota
	gcAssist
	gcTotal
	cycleMetrics
)

// runtimeReader reads package runtime/metrics. What this release does not have is Unknown.
type runtimeReader struct {
	quick     [quickMetrics]metrics.Sample
	cycle     [cycleMetrics]metrics.Sample
	stop      [stopMetrics]metrics.Sample
	latencies histogram
	stopsGC   histogram
	stops     histogram
	stopping  [stopMetrics]histogram
	waited    float64 // mutex wait as of the last read, seconds
	cycles    uint64
	cycleAt   time.Time
	assist    float64 // as of the last cycle, seconds
	collect   float64
}

func newRuntimeReader(now time.Time) *runtimeReader {
	r := &runtimeReader{cycleAt: now}
	r.quick[schedLatencies].Name = "/sched/latencies:seconds"
	r.quick[pausesGC].Name = "/sched/pauses/total/gc:seconds"
	r.quick[pausesOther].Name = "/sched/pauses/total/other:seconds"
	r.quick[mutexWait].Name = "/sync/mutex/wait/total:seconds"
	r.quick[runnable].Name = "/sched/goroutines/runnable:goroutines"
	r.quick[running].Name = "/sched/goroutines/running:goroutines"
	r.quick[notInGo].Name = "/sched/goroutines/not-in-go:goroutines"
	r.quick[threads].Name = "/sched/threads/total:threads"
	r.cycle[gcCycles].Name = "/gc/cycles/total:gc-cycles"
	r.cycle[gcAssist].Name = "/cpu/classes/gc/mark/assist:cpu-seconds"
	r.cycle[gcTotal].Name = "/cpu/classes/gc/total:cpu-seconds"
	r.stop[stoppingGC].Name = "/sched/pauses/stopping/gc:seconds"
	r.stop[stoppingOther].Name = "/sched/pauses/stopping/other:seconds"
	var discard Sample
	r.read(&discard, now)
	r.readCycle(&discard, now)
	r.readStopping(&discard)
	return r
}

// read fills in s. The collector's metrics are read only after it stopped the world, which it does at the end of each cycle.
func (r *runtimeReader) read(s *Sample, now time.Time) {
	metrics.Read(r.quick[:])
	s.RunQueue = delay(&r.quick[schedLatencies], &r.latencies)
	s.StopGC = delay(&r.quick[pausesGC], &r.stopsGC)
	s.StopOther = delay(&r.quick[pausesOther], &r.stops)
	s.MutexWait = r.mutexWait()
	s.Runnable = r.count(runnable)
	s.Running = r.count(running)
	s.NotInGo = r.count(notInGo)
	s.Threads = r.count(threads)
	if s.Threads == Unknown {
		s.Threads, _ = runtime.ThreadCreateProfile(nil)
	}
	s.Procs = runtime.GOMAXPROCS(0)
	if s.StopGC.Count > 0 {
		r.readCycle(s, now)
	}
	if max(s.StopGC.Max, s.StopOther.Max) >= longStop {
		r.readStopping(s)
	}
}

// readStopping tells how long it took to stop the world, since it was last asked; stops that were too short to ask for are among them, but
// can't be the longest.
func (r *runtimeReader) readStopping(s *Sample) {
	metrics.Read(r.stop[:])
	for i := range r.stop {
		d := delay(&r.stop[i], &r.stopping[i])
		if d.Max > s.Stopping.Max {
			s.Stopping = d
		}
	}
}

// delay is what is new in a histogram, nothing if this release does not have it.
func delay(m *metrics.Sample, h *histogram) Delay {
	if m.Value.Kind() != metrics.KindFloat64Histogram {
		return Delay{}
	}
	return h.delta(m.Value.Float64Histogram())
}

func (r *runtimeReader) count(i int) int {
	if r.quick[i].Value.Kind() != metrics.KindUint64 {
		return Unknown
	}
	return int(r.quick[i].Value.Uint64())
}

func (r *runtimeReader) mutexWait() time.Duration {
	if r.quick[mutexWait].Value.Kind() != metrics.KindFloat64 {
		return Unknown
	}
	before := r.waited
	r.waited = r.quick[mutexWait].Value.Float64()
	return max(0, seconds(r.waited-before))
}

// readCycle tells what the collector used since the last cycle that it saw end.
func (r *runtimeReader) readCycle(s *Sample, now time.Time) {
	metrics.Read(r.cycle[:])
	for i := range r.cycle {
		if r.cycle[i].Value.Kind() == metrics.KindBad {
			return
		}
	}
	cycles := r.cycle[gcCycles].Value.Uint64()
	if cycles == r.cycles {
		return
	}
	s.Cycle = now.Sub(r.cycleAt)
	assist, collect := r.cycle[gcAssist].Value.Float64(), r.cycle[gcTotal].Value.Float64()
	if s.Cycle > 0 {
		s.GCAssist = max(0, assist-r.assist) / s.Cycle.Seconds()
		s.GC = max(0, collect-r.collect) / s.Cycle.Seconds()
	}
	r.cycles, r.cycleAt, r.assist, r.collect = cycles, now, assist, collect
}
