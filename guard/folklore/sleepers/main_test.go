package main

import (
	"testing"
	"time"

	"github.com/mote-go/mote/guard/folklore/probe"
)

// TestSleepersHoldNoProcessor: hogs do as much beside ten thousand sleepers as without them, within what a busy machine blurs, and the sleepers use no
// processor time. If each held a processor, nothing at all would run.
func TestSleepersHoldNoProcessor(t *testing.T) {
	var o []outcome
	for range make([]struct{}, 4) {
		o = measure(crowds()[:3], 3, 100*time.Millisecond)
		alone, asleep, waiting := probe.Median(o[0].work), probe.Median(o[1].work), probe.Median(o[2].work)
		if asleep > 0.6*alone && waiting > 0.6*alone && probe.Median(o[1].idle) < probe.Median(o[0].idle)+0.05 {
			return
		}
	}
	for _, o := range o {
		t.Errorf("%s: hogs hashed %.0f blocks/s, idle %.3f CPUs", o.name, probe.Median(o.work), probe.Median(o.idle))
	}
}
