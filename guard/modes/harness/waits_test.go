package harness

import (
	"encoding/json"
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
	text, err := json.Marshal(&w)
	if want := `{"max":100.25,"p50":5.25,"p99":10,"p999":10.25}`; err != nil || string(text) != want {
		t.Errorf("JSON is %s, %v, want %s", text, err, want)
	}
}
