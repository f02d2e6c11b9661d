// Package metric has the guard's metrics in the form that adapters for Prometheus (guardprom) and OpenTelemetry (guardotel) share: a fixed table
// of descriptions, and their values.
//
// Names and units are those of OpenTelemetry's conventions; Description.Prometheus gives the other form. The values of attributes are the guard's
// own causes, priorities and decisions, so there are some 90 series at most, whatever the service does. What this system or Go release
// cannot tell has no value.
package metric

import "strings"

// Kind is how values of a metric are to be understood.
type Kind uint8

// The kinds.
const (
	Counter Kind = iota // a sum since the start that does not fall
	Gauge               // a value now
)

// Description is what does not change of a metric.
type Description struct {
	Name string // dotted, lower case
	Unit string // UCUM: s, 1 or {annotation}
	Help string
	Kind Kind
	Keys []string // of attributes
}

// Prometheus is the name by the conventions of Prometheus: underscores, the unit spelled out, and _total for counters.
func (d Description) Prometheus() string {
	name := strings.ReplaceAll(d.Name, ".", "_")
	switch {
	case d.Unit == "s":
		name += "_seconds"
	case d.Unit == "1" && d.Kind == Gauge:
		name += "_ratio"
	}
	if d.Kind == Counter {
		name += "_total"
	}
	return name
}

// Value is one series: a description, by its place in Descriptions, the values of its keys, and a number.
type Value struct {
	Metric     int
	Attributes []string
	Number     float64
}

// The places of the descriptions.
const (
	samples = iota
	runnable
	running
	notInGo
	threads
	procs
	available
	used
	mutexWait
	stopped
	throttledPeriods
	throttledTime
	pressure
	starving
	stateTime
	starvations
	lost
	shedShare
	requests
	boosts
	boostTime
	boostProcs
	snapshots
	recordFailures
	silences
	watching
)

// Descriptions lists all metrics but the histograms, always in the same order.
func Descriptions() []Description {
	return []Description{
		samples:          {"guard.samples", "{sample}", "samples taken", Counter, nil},
		runnable:         {"guard.goroutines.runnable", "{goroutine}", "goroutines that wait for a processor", Gauge, nil},
		running:          {"guard.goroutines.running", "{goroutine}", "goroutines that run", Gauge, nil},
		notInGo:          {"guard.goroutines.not_in_go", "{goroutine}", "goroutines in system calls or cgo", Gauge, nil},
		threads:          {"guard.threads", "{thread}", "threads of the process", Gauge, nil},
		procs:            {"guard.procs", "{processor}", "GOMAXPROCS", Gauge, nil},
		available:        {"guard.cpus.available", "{cpu}", "CPUs that the process may use, by affinity and quota", Gauge, nil},
		used:             {"guard.cpu.time", "s", "CPU time that the process used", Counter, nil},
		mutexWait:        {"guard.mutex.wait", "s", "time that goroutines waited for locks, summed over them", Counter, nil},
		stopped:          {"guard.stopped", "s", "time for which the world was stopped, an estimate", Counter, []string{"reason"}},
		throttledPeriods: {"guard.throttled.periods", "{period}", "enforcement periods in which the quota of the control group ran out", Counter, nil},
		throttledTime:    {"guard.throttled", "s", "time for which the control group stood still, summed over CPUs", Counter, nil},
		pressure:         {"guard.pressure", "s", "time in which a task of the control group waited for a CPU", Counter, nil},
		starving:         {"guard.state", "{state}", "1 for the present verdict, 0 for the others", Gauge, []string{"cause"}},
		stateTime:        {"guard.state.time", "s", "time under each verdict", Counter, []string{"cause"}},
		starvations:      {"guard.state.changes", "{change}", "how often each verdict began", Counter, []string{"cause"}},
		lost:             {"guard.events.lost", "{event}", "changes of the verdict that were not announced", Counter, nil},
		shedShare:        {"guard.shed.share", "1", "share of requests that is to be turned away", Gauge, nil},
		requests:         {"guard.requests", "{request}", "requests by what the shedder decided", Counter, []string{"priority", "decision"}},
		boosts:           {"guard.boosts", "{boost}", "boosts of GOMAXPROCS begun", Counter, nil},
		boostTime:        {"guard.boost.time", "s", "time boosted", Counter, nil},
		boostProcs:       {"guard.boost.procs", "{processor}", "GOMAXPROCS asked for while boosting, else 0", Gauge, nil},
		snapshots:        {"guard.record.snapshots", "{snapshot}", "execution traces written", Counter, nil},
		recordFailures:   {"guard.record.failures", "{failure}", "failures of the recorder", Counter, nil},
		silences:         {"guard.watch.silences", "{silence}", "silences that the watchdog reported", Counter, nil},
		watching:         {"guard.watch.alive", "{process}", "1 if the watchdog runs", Gauge, nil},
	}
}

// Distribution describes one of the histograms, of which each sample gives one value.
type Distribution struct{ Name, Unit, Help string }

// Distributions lists the histograms, in the order of Delays.
func Distributions() []Distribution {
	return []Distribution{
		{"guard.delay", "s", "how long work waited, by the verdict of each sample"},
		{"guard.timer.delay", "s", "how late the probe's timer fired, in each sample"},
		{"guard.run_queue.delay", "s", "99th percentile of the time from runnable to running, in each sample with a measurement"},
	}
}

// Bounds are the upper bounds of the histograms' buckets, in seconds: 0.5 ms to 5 s.
func Bounds() []float64 {
	return []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5}
}
