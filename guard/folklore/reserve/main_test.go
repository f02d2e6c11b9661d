package main

import (
	"runtime"
	"testing"
	"time"
)

// TestFewerProcessorsAreWorse: with half of the processors each one has twice the hogs, behind which a request waits. Another process may blur
// that, so there are several tries.
func TestFewerProcessorsAreWorse(t *testing.T) {
	if runtime.NumCPU() < 2 {
		t.Skip("one CPU: there is nothing to reserve")
	}
	for range make([]struct{}, 4) {
		o, err := measure([]int{2, 1}, 3, 400*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		two, one := o[0].delays.Quantile(0.5), o[1].delays.Quantile(0.5)
		t.Logf("2 processors: %v, 1 processor: %v", two, one)
		if one > two {
			return
		}
	}
	t.Error("requests were not served later with one processor than with two")
}
