package main

import (
	"testing"
	"time"

	"github.com/mote-go/mote/guard/folklore/probe"
)

// TestYieldingIsNotWaiting: a loop of Gosched uses processors as spinning does, a loop of short sleeps does not.
func TestYieldingIsNotWaiting(t *testing.T) {
	if _, known := probe.Used(); !known {
		t.Skip("processor time is not known on this system")
	}
	var sleeping, yielding float64
	for range make([]struct{}, 4) {
		o, err := measure(waiters()[1:3], 3, 50*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if sleeping, yielding = probe.Median(o[0].used), probe.Median(o[1].used); yielding > 2*sleeping {
			return
		}
	}
	t.Errorf("loops of Gosched used %.2f CPUs, loops of sleeps %.2f", yielding, sleeping)
}
