package main

import "testing"

// TestLockedSwitchesCostMore: threads are switched by the kernel.
func TestLockedSwitchesCostMore(t *testing.T) {
	for range make([]struct{}, 4) {
		free, locked := turn(false, 20_000), turn(true, 5_000)
		t.Logf("a switch takes %v, with a locked goroutine %v", free, locked)
		if locked > 2*free {
			return
		}
	}
	t.Error("switches to and from a locked goroutine were not dearer")
}
