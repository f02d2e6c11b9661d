// Package sense looks at a running Go process from within: is every runnable goroutine given a processor in time, and if not, what
// is going on around it. It judges nothing (package classify does) and changes nothing.
//
// No signal alone is enough. A timer probe does not see deep run queues, the scheduler's own latencies do not see timers that are due and
// not fired, neither sees a convoy behind a lock, and a quota of the control group looks like a slow machine from within. A Sample
// holds them side by side, for one interval.
//
// Start at Sampler, which takes samples on a goroutine of its own, as often as what it sees calls for; Heartbeat is what requests see of it.
package sense

import "time"

// Delay summarises how long something took, over the interval of a sample. The durations are upper bounds of histogram buckets; all are
// zero when Count is.
type Delay struct {
	Count         uint64
	P50, P99, Max time.Duration
	Total         time.Duration // an estimate: bucket middles times counts
}

// Sample is one look at the process. Durations, counts and shares are those of the interval since the sample before, unless
// they say otherwise. What this Go release or this system cannot tell is Unknown, for durations and counts, or NaN, for floats.
type Sample struct {
	At       time.Time     // with a monotonic reading
	Interval time.Duration // since the sample before; longer than asked for when the sampler itself was kept waiting
	Due      time.Duration // the interval asked for

	// Scheduling.
	Overshoot time.Duration // how late the probe's timer fired
	Poll      time.Duration // how late the network poller served a file that was ready, or Unknown
	RunQueue  Delay         // from runnable to running (/sched/latencies:seconds; the runtime measures one transition in eight)
	Runnable  int           // goroutines waiting for a processor now (Go 1.26), or Unknown
	Running   int           // goroutines running now, this one among them (Go 1.26), or Unknown
	NotInGo   int           // goroutines in system calls or cgo now (Go 1.26), or Unknown
	Threads   int           // of the process, as the runtime knows them, now; before Go 1.26 those ever made
	Procs     int           // GOMAXPROCS

	// Processor time.
	Cores  int           // CPUs that the process may run on at the same time (its affinity)
	CPUs   float64       // what it may use in the long run: the lesser of Cores and its quota
	Busy   float64       // processors it used on average (process CPU time over the interval), or NaN
	Ticked time.Duration // processor time by the kernel's ticks, a Tick for each that found a thread of the process running, or Unknown: less than Busy says when the machine stood still
	Tick   time.Duration // how far those are apart, or Unknown

	// The collector. The runtime accounts for its processor time when a cycle ends: both are 0 in samples in which none did.
	Cycle    time.Duration // from the end of the cycle before to that of the last one that ended in the interval, 0 if none did
	GCAssist float64       // processors spent, over Cycle, in assists by goroutines that wanted to allocate
	GC       float64       // processors spent, over Cycle, in all of the collector

	// Waiting that no processor would end.
	MutexWait time.Duration // sum over goroutines (/sync/mutex/wait/total:seconds)
	StopGC    Delay         // the world stopped for the collector
	StopOther Delay         // the world stopped for something else
	Stopping  Delay         // until all had stopped, a part of the two above; read only where one of them is a millisecond or more

	// Around the process. These sources are read less often, after a sample for the next one: Around is the time that they cover, 0 in samples
	// that have nothing new of them, in which Throttled and Pressure are 0 too.
	Around    time.Duration
	Throttled Throttle
	Pressure  time.Duration // time in which some task of the control group (else: of the system) waited for a CPU (PSI), or Unknown; not read while the process itself uses all of its processors

	// Seen by requests: the greatest age of the heartbeat that they met (Heartbeat.Meet), a sign that needs no processor for the sampler.
	Stale time.Duration
}

// Throttle is what the CPU controller of the control group did to the process in the interval.
type Throttle struct {
	Periods   int           // enforcement periods that ended, or Unknown without a quota
	Throttled int           // of those, in which the quota ran out
	Time      time.Duration // in which the group stood still, summed over CPUs
	Period    time.Duration // how long a period is, 0 without a quota
}

// Unknown marks what cannot be told on this system or by this Go release.
const Unknown = -1
