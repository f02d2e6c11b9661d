package shed

import (
	"testing"
	"time"
)

// After a delay that drove the share against its bound, it is again what it was.
func TestASpikeIsNotMadeUpFor(t *testing.T) {
	const interval = 5 * time.Millisecond
	c := pie{target: 10 * time.Millisecond, limit: 30 * time.Millisecond, most: 0.98}
	for range 50 {
		c.update(20*time.Millisecond, interval)
	}
	before := c.share
	if before < 0.2 || before > 0.8 {
		t.Fatalf("the share is %v after a quarter of a second at twice the target", before)
	}
	c.update(500*time.Millisecond, interval)
	if c.share != c.most {
		t.Errorf("the share is %v at fifty times the target, want %v", c.share, c.most)
	}
	c.update(500*time.Millisecond, interval)
	c.update(20*time.Millisecond, interval)
	if c.share < before || c.share > before+0.3 {
		t.Errorf("the share is %v after the spike, and was %v", c.share, before)
	}
}

func TestTheShareGrowsWithTheDelay(t *testing.T) {
	share := 0.0
	for delay := 10 * time.Millisecond; delay < 100*time.Millisecond; delay += time.Millisecond {
		c := pie{target: 10 * time.Millisecond, limit: 10 * time.Millisecond, most: 0.98}
		for range 4 {
			c.update(delay, 5*time.Millisecond)
		}
		if c.share < share {
			t.Errorf("the share is %v at a delay of %v, and was %v at less", c.share, delay, share)
		}
		share = c.share
	}
}
