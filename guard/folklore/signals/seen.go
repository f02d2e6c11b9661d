package main

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"time"

	"github.com/mote-go/mote/guard/internal/recording"
	"github.com/mote-go/mote/guard/sense"
)

// seen is what one run showed while the mode was on.
type seen struct {
	timer, poll, queue, stops float64 // the longest, in ms; queue: 99th percentile of an interval
	runnable, threads         float64 // the most
	mutex, assist             float64 // waited and worked per second, in s
	throttled, pressure       float64 // share of periods, of the time
	verdict                   string
	detected                  float64 // ms after the mode's beginning, or -1
}

const header = `| mode | timer late, ms | poller late, ms | run queue p99, ms | runnable | mutex wait, s/s | stops, ms | GC assist, CPUs | threads | throttled | pressure | verdict | after, ms |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|`

// fill goes through the samples that were taken after the mode began.
func (s *seen) fill(r *recording.Recording) {
	var at time.Duration // of the sample's end
	var wait, assist, around, pressure, length time.Duration
	var periods, throttled int
	for _, x := range r.Samples {
		if at += x.Interval; at < r.Began {
			continue
		}
		length += x.Interval
		s.timer = max(s.timer, milliseconds(x.Overshoot))
		s.poll = max(s.poll, milliseconds(x.Poll))
		s.queue = max(s.queue, milliseconds(x.RunQueue.P99))
		s.stops = max(s.stops, milliseconds(x.StopGC.Max), milliseconds(x.StopOther.Max))
		s.runnable = max(s.runnable, float64(x.Runnable))
		s.threads = max(s.threads, float64(x.Threads))
		wait += x.MutexWait
		if !math.IsNaN(x.GCAssist) {
			assist += time.Duration(x.GCAssist * float64(x.Cycle))
		}
		if x.Pressure != sense.Unknown {
			around, pressure = around+x.Around, pressure+x.Pressure
		}
		if x.Throttled.Periods > 0 {
			periods, throttled = periods+x.Throttled.Periods, throttled+x.Throttled.Throttled
		}
	}
	s.mutex, s.assist = share(wait, length), share(assist, length)
	s.pressure = share(pressure, around)
	s.throttled = share(time.Duration(throttled), time.Duration(periods))
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func share(part, whole time.Duration) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// row is one line of the table.
func row(name string, all []seen) string {
	cells := []string{name}
	for _, column := range []struct {
		format string
		of     func(seen) float64
	}{
		{"%.1f", func(s seen) float64 { return s.timer }},
		{"%.1f", func(s seen) float64 { return s.poll }},
		{"%.2f", func(s seen) float64 { return s.queue }},
		{"%.0f", func(s seen) float64 { return s.runnable }},
		{"%.2f", func(s seen) float64 { return s.mutex }},
		{"%.1f", func(s seen) float64 { return s.stops }},
		{"%.2f", func(s seen) float64 { return s.assist }},
		{"%.0f", func(s seen) float64 { return s.threads }},
		{"%.0f%%", func(s seen) float64 { return 100 * s.throttled }},
		{"%.0f%%", func(s seen) float64 { return 100 * s.pressure }},
	} {
		cells = append(cells, fmt.Sprintf(column.format, middle(all, column.of)))
	}
	cells = append(cells, verdicts(all))
	detected := "never"
	if after := middle(all, func(s seen) float64 { return s.detected }); after >= 0 {
		detected = fmt.Sprintf("%.0f", after)
	}
	return "| " + strings.Join(append(cells, detected), " | ") + " |"
}

// verdicts lists the verdicts with their number, the most frequent first.
func verdicts(all []seen) string {
	count := map[string]int{}
	for _, s := range all {
		count[s.verdict]++
	}
	var names []string
	for name := range count {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		return count[names[i]] > count[names[j]] || count[names[i]] == count[names[j]] && names[i] < names[j]
	})
	for i, name := range names {
		if len(names) > 1 {
			names[i] = fmt.Sprintf("%s (%d of %d)", name, count[name], len(all))
		}
	}
	return strings.Join(names, ", ")
}
