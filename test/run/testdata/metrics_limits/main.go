// Metrics_limits checks that what the collector is told has effect, and that what it tells agrees: MemStats, GCStats, runtime/metrics.
// Numbers differ between ports, relations do not.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"time"
)

// stats is static: it has 6 KB.
var stats runtime.MemStats

func read() *runtime.MemStats {
	runtime.ReadMemStats(&stats)
	return &stats
}

var sink []byte

// churn allocates that many kilobytes of garbage and returns how many collections that took.
func churn(kilobytes int) uint32 {
	before := read().NumGC
	for range kilobytes {
		sink = make([]byte, 1000)
	}
	return read().NumGC - before
}

func percent() {
	runtime.GC()
	fmt.Println(debug.SetGCPercent(-1))
	fmt.Println("off:", churn(20))
	debug.SetGCPercent(100)
	many := churn(60_000)
	debug.SetGCPercent(10)
	more := churn(60_000)
	fmt.Println(many > 0, more > many, debug.SetGCPercent(100))
}

func limit() {
	runtime.GC()
	debug.SetGCPercent(-1)
	room := uint64(32 << 10)
	most := read().HeapAlloc + stats.StackInuse + room
	fmt.Println(debug.SetMemoryLimit(int64(most)))
	fmt.Println("limited:", churn(2000) > 0, debug.SetMemoryLimit(-1) == int64(most))
	if runtime.GOOS == "noos" && read().HeapAlloc+stats.StackInuse > most+2048 {
		fmt.Println("limit", most, "but", stats.HeapAlloc+stats.StackInuse, "in use")
	}
	debug.SetMemoryLimit(1<<63 - 1)
	debug.SetGCPercent(100)
}

var keep [100]*[64]byte

func counts() {
	before := *read()
	for i := range keep {
		keep[i] = new([64]byte)
	}
	after := read()
	n := after.Mallocs - before.Mallocs
	fmt.Println(n >= 100 && n < 150, after.TotalAlloc-before.TotalAlloc >= 6400, after.Mallocs-after.Frees == after.HeapObjects)
	frees, objects := after.Frees, after.HeapObjects
	clear(keep[1:])
	runtime.GC()
	runtime.GC()
	after = read()
	fmt.Println(after.Frees >= frees+90, after.HeapObjects < objects, after.NumForcedGC >= 2, after.EnableGC)
	fmt.Println(after.HeapAlloc <= after.HeapInuse, after.HeapInuse+after.HeapIdle == after.HeapSys, after.HeapSys < after.Sys, after.NextGC > after.HeapAlloc)
	recent := after.PauseNs[(after.NumGC+255)%256]
	fmt.Println(after.PauseTotalNs > 0, after.PauseTotalNs >= recent, after.PauseEnd[(after.NumGC+255)%256] == after.LastGC)
	gc := debug.GCStats{PauseQuantiles: make([]time.Duration, 5)}
	debug.ReadGCStats(&gc)
	read()
	fmt.Println(gc.NumGC == int64(stats.NumGC), gc.PauseTotal == time.Duration(stats.PauseTotalNs), len(gc.Pause) > 0, len(gc.Pause) == len(gc.PauseEnd),
		gc.Pause[0] == time.Duration(recent), slices.IsSorted(gc.PauseQuantiles))
}

// needed are metrics that every port has.
var needed = []string{
	"/cpu/classes/gc/pause:cpu-seconds", "/gc/cycles/automatic:gc-cycles", "/gc/cycles/forced:gc-cycles", "/gc/cycles/total:gc-cycles",
	"/gc/gogc:percent", "/gc/gomemlimit:bytes", "/gc/heap/allocs:bytes", "/gc/heap/allocs:objects", "/gc/heap/frees:bytes",
	"/gc/heap/frees:objects", "/gc/heap/goal:bytes", "/gc/heap/live:bytes", "/gc/heap/objects:objects", "/gc/pauses:seconds",
	"/memory/classes/heap/free:bytes", "/memory/classes/heap/objects:bytes", "/memory/classes/heap/stacks:bytes",
	"/memory/classes/heap/unused:bytes", "/memory/classes/total:bytes", "/sched/gomaxprocs:threads", "/sched/goroutines:goroutines",
}

func measured() {
	var samples []metrics.Sample
	for _, d := range metrics.All() {
		samples = append(samples, metrics.Sample{Name: d.Name})
	}
	samples = append(samples, metrics.Sample{Name: "/no/such:thing"})
	metrics.Read(samples)
	value := map[string]uint64{}
	var memory uint64
	for i, d := range metrics.All() {
		v := samples[i].Value
		if v.Kind() != d.Kind && (v.Kind() != metrics.KindBad || slices.Contains(needed, d.Name)) {
			fmt.Println(d.Name, "is of kind", v.Kind())
		}
		if v.Kind() == metrics.KindUint64 {
			value[d.Name] = v.Uint64()
			if len(d.Name) > 16 && d.Name[:16] == "/memory/classes/" && d.Name != "/memory/classes/total:bytes" {
				memory += v.Uint64()
			}
		}
		if h := v; h.Kind() == metrics.KindFloat64Histogram && d.Name == "/gc/pauses:seconds" {
			n := uint64(0)
			for _, c := range h.Float64Histogram().Counts {
				n += c
			}
			fmt.Println(n >= uint64(stats.NumGC), len(h.Float64Histogram().Buckets) == len(h.Float64Histogram().Counts)+1)
		}
	}
	fmt.Println(samples[len(samples)-1].Value.Kind() == metrics.KindBad)
	fmt.Println(value["/memory/classes/total:bytes"] == memory)
	fmt.Println(value["/gc/cycles/total:gc-cycles"] == value["/gc/cycles/automatic:gc-cycles"]+value["/gc/cycles/forced:gc-cycles"])
	fmt.Println(value["/gc/heap/allocs:objects"]-value["/gc/heap/frees:objects"] == value["/gc/heap/objects:objects"])
	fmt.Println(value["/sched/goroutines:goroutines"] > 0, value["/gc/gogc:percent"], value["/gc/gomemlimit:bytes"])
	fmt.Println(value["/gc/heap/live:bytes"] > 0, value["/gc/heap/live:bytes"] <= value["/gc/heap/goal:bytes"])
}

func main() {
	percent()
	limit()
	counts()
	measured()
	fmt.Println(keep[0] != nil, len(sink))
}
