package harness

import (
	"testing"
	"time"
)

func TestWaits(t *testing.T) {
	var w Waits
	if got := w.Quantile(0.5); got != 0 {
		t.Errorf("median of nothing is %v", got)
	}
	for i := 1; i <= 1000; i++ {
		w.add(time.Duration(i) * 10 * time.Microsecond) // up to 10 ms
	}
	w.add(time.Hour)
	for share, want := range map[float64]time.Duration{0.5: 5250 * time.Microsecond, 0.99: 10 * time.Millisecond, 0: 250 * time.Microsecond, 1: 100250 * time.Microsecond} {
		if got := w.Quantile(share); got != want {
			t.Errorf("quantile %v is %v, want %v", share, got, want)
		}
	}
	if got, want := *w.Quantiles(), (Quantiles{5.25, 10, 10.25, 100.25}); got != want {
		t.Errorf("quantiles are %v, want %v", got, want)
	}
}
