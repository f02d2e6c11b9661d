package main

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/internal/recording"
	"github.com/mote-go/mote/guard/sense"
)

func TestRow(t *testing.T) {
	recorded := recording.Recording{Header: recording.Header{Began: 1500 * time.Millisecond}, Samples: []sense.Sample{
		{Interval: time.Second, Overshoot: time.Minute, Runnable: 1000}, // before the mode
		{Interval: time.Second, Overshoot: 20 * time.Millisecond, Runnable: sense.Unknown, GCAssist: math.NaN(),
			Pressure: sense.Unknown, Throttled: sense.Throttle{Periods: sense.Unknown}},
		{Interval: time.Second, Around: time.Second, Runnable: 7, MutexWait: 3 * time.Second, Cycle: time.Second, GCAssist: 1,
			Pressure: time.Second / 2, Throttled: sense.Throttle{Periods: 10, Throttled: 9}, RunQueue: sense.Delay{P99: 5 * time.Millisecond}},
	}}
	var a seen
	a.fill(&recorded)
	a.verdict, a.detected = "hogs", 12
	b := a
	b.verdict = "healthy"
	got := row("hogs", []seen{a, a, b})
	want := "| hogs | 20.0 | 0.0 | 5.00 | 7 | 1.50 | 0.0 | 0.50 | 0 | 90% | 50% | hogs (2 of 3), healthy (1 of 3) | 12 |"
	if got != want {
		t.Errorf("row is\n%s\nwant\n%s", got, want)
	}
	if strings.Count(strings.Split(header, "\n")[0], "|") != strings.Count(want, "|") {
		t.Error("the header has another number of columns")
	}
}
