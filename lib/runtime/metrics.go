//go:build mote

package runtime

import "unsafe"

// runtime/metrics: what is measured anyway. A metric that would need more is of kind bad, as an unknown name.

// metricKind is metrics.ValueKind.
type metricKind int

const (
	metricBad metricKind = iota
	metricUint64
	metricFloat64
	metricHistogram
)

// metricSample is metrics.Sample.
type metricSample struct {
	name  string
	value metricValue
}

// metricValue is metrics.Value.
type metricValue struct {
	kind    metricKind
	scalar  uint64
	pointer unsafe.Pointer
}

// metricCounts is what the metrics are read from: one state of the program for all samples of a call.
type metricCounts struct {
	stats      MemStats
	live       uint64
	goroutines [taskDead]uint64 // by status
	specials   [specialKinds]specialCount
}

// countMetrics fills c.
func countMetrics(c *metricCounts) {
	ReadMemStats(&c.stats)
	lockSched()
	c.live = liveBytes()
	c.specials = specialCounts()
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp.flags&taskSystem == 0 && gp.status != taskDead {
			c.goroutines[gp.status]++
		}
	}
	unlockSched()
}

// readMetric returns the metric of that name; ok is false when it is not a number.
func (c *metricCounts) readMetric(name string) (n uint64, ok bool) {
	s := &c.stats
	switch name {
	case "/gc/cycles/automatic:gc-cycles":
		return uint64(s.NumGC - s.NumForcedGC), true
	case "/gc/cycles/forced:gc-cycles":
		return uint64(s.NumForcedGC), true
	case "/gc/cycles/total:gc-cycles":
		return uint64(s.NumGC), true
	case "/gc/cleanups/executed:cleanups":
		return uint64(c.specials[specialCleanup].executed), true
	case "/gc/cleanups/queued:cleanups":
		return uint64(c.specials[specialCleanup].queued), true
	case "/gc/finalizers/executed:finalizers":
		return uint64(c.specials[specialFinalizer].executed), true
	case "/gc/finalizers/queued:finalizers":
		return uint64(c.specials[specialFinalizer].queued), true
	case "/gc/gogc:percent":
		return gcPercent(), true
	case "/gc/gomemlimit:bytes":
		return uint64(debug_setMemoryLimit(-1)), true
	case "/gc/heap/allocs:bytes":
		return s.TotalAlloc, true
	case "/gc/heap/allocs:objects":
		return s.Mallocs, true
	case "/gc/heap/frees:bytes":
		return s.TotalAlloc - s.Alloc, true
	case "/gc/heap/frees:objects":
		return s.Frees, true
	case "/gc/heap/goal:bytes":
		return s.NextGC, true
	case "/gc/heap/live:bytes":
		return c.live, true
	case "/gc/heap/objects:objects":
		return s.HeapObjects, true
	case "/gc/scan/globals:bytes":
		return uint64(globalBytes()), true
	case "/gc/stack/starting-size:bytes":
		return uint64(addressOf(&stackSizeDefault)), true
	case "/memory/classes/heap/free:bytes":
		return s.HeapIdle, true
	case "/memory/classes/heap/objects:bytes":
		return s.HeapAlloc, true
	case "/memory/classes/heap/stacks:bytes":
		return s.StackInuse, true
	case "/memory/classes/heap/unused:bytes":
		return s.HeapInuse - s.HeapAlloc, true
	case "/memory/classes/metadata/other:bytes":
		return s.GCSys, true
	case "/memory/classes/other:bytes":
		return s.OtherSys, true
	case "/memory/classes/profiling/buckets:bytes":
		return s.BuckHashSys, true
	case "/memory/classes/total:bytes":
		return s.Sys, true
	case "/sched/goroutines-created:goroutines":
		return uint64(max(kern.lastID, 1)), true
	case "/sched/goroutines/runnable:goroutines":
		return c.goroutines[taskReady] - 1, true // without the one that asks
	case "/sched/goroutines/running:goroutines":
		return 1, true
	case "/sched/goroutines/waiting:goroutines":
		return c.goroutines[taskWaiting], true
	case "/sched/goroutines:goroutines":
		return uint64(NumGoroutine()), true
	case "/sched/gomaxprocs:threads", "/sched/threads/total:threads":
		return 1, true
	// What this runtime does not have.
	case "/cgo/go-to-c-calls:calls", "/gc/heap/tiny/allocs:objects", "/gc/limiter/last-enabled:gc-cycle", "/memory/classes/heap/released:bytes",
		"/memory/classes/metadata/mcache/free:bytes", "/memory/classes/metadata/mcache/inuse:bytes",
		"/memory/classes/metadata/mspan/free:bytes", "/memory/classes/metadata/mspan/inuse:bytes",
		"/memory/classes/os-stacks:bytes", "/sched/goroutines/not-in-go:goroutines":
		return 0, true
	}
	return settingMetric(name)
}

// readSeconds returns the metric of that name that is a time.
func (c *metricCounts) readSeconds(name string) (seconds float64, ok bool) {
	switch name {
	case "/cpu/classes/gc/pause:cpu-seconds", "/cpu/classes/gc/total:cpu-seconds":
		return float64(c.stats.PauseTotalNs) / 1e9, true
	case "/cpu/classes/total:cpu-seconds":
		return float64(nanotime()) / 1e9, true
	case "/cpu/classes/gc/mark/assist:cpu-seconds", "/cpu/classes/gc/mark/dedicated:cpu-seconds", "/cpu/classes/gc/mark/idle:cpu-seconds",
		"/cpu/classes/scavenge/assist:cpu-seconds", "/cpu/classes/scavenge/background:cpu-seconds",
		"/cpu/classes/scavenge/total:cpu-seconds":
		return 0, true // collections do all their work in a pause
	}
	return 0, false
}

// What runtime/metrics expects from below.
//
// Safety: it declares this function without a body and with the same signature; samples are n metrics.Sample.

//go:linkname metrics_readMetrics runtime/metrics.runtime_readMetrics
func metrics_readMetrics(samples unsafe.Pointer, n, cap int) {
	c := new(metricCounts)
	countMetrics(c)
	for i := range unsafe.Slice((*metricSample)(samples), n) {
		s := (*metricSample)(unsafe.Add(samples, uintptr(i)*unsafe.Sizeof(metricSample{})))
		v := &s.value
		if number, ok := c.readMetric(s.name); ok {
			*v = metricValue{kind: metricUint64, scalar: number}
		} else if seconds, ok := c.readSeconds(s.name); ok {
			*v = metricValue{kind: metricFloat64, scalar: *(*uint64)(unsafe.Pointer(&seconds))}
		} else if s.name == "/gc/pauses:seconds" || s.name == "/sched/pauses/total/gc:seconds" {
			*v = metricValue{kind: metricHistogram, pointer: pauseHistogram(v)}
		} else {
			*v = metricValue{}
		}
	}
}

// settings are the counters of uses of non-default GODEBUG settings.
var settings []setting

type setting struct {
	name string
	read func() uint64
}

// keepSetting makes a counter a metric.
//
//mote:with runtime/metrics.runtime_readMetrics
func keepSetting(name string, read func() uint64) {
	settings = append(settings, setting{name, read})
}

// settingMetric reads such a counter; one that nothing has registered so far is 0, as long as the name is of that kind.
func settingMetric(name string) (n uint64, ok bool) {
	const prefix = "/godebug/non-default-behavior/"
	for _, s := range settings {
		if s.name == name {
			return s.read(), true
		}
	}
	return 0, len(name) > len(prefix) && name[:len(prefix)] == prefix
}
