package harness

import (
	"encoding/json"
	"sync/atomic"
	"time"
)

// Waits counts waits by their length. Its methods may be called by any number of goroutines.
type Waits struct {
	counts [waitBuckets]atomic.Int64
}

const (
	waitBucket  = 250 * time.Microsecond // how far the buckets reach; the last one has all that is longer
	waitBuckets = 401
)

func (w *Waits) add(d time.Duration) {
	w.counts[min(max(0, d/waitBucket), waitBuckets-1)].Add(1)
}

// Quantile is the length that this share of the waits did not exceed, rounded up to a quarter of a millisecond; 0 without any.
func (w *Waits) Quantile(share float64) time.Duration {
	var total, sum int64
	for i := range w.counts {
		total += w.counts[i].Load()
	}
	for i := range w.counts {
		if sum += w.counts[i].Load(); sum > 0 && float64(sum) >= share*float64(total) {
			return time.Duration(i+1) * waitBucket
		}
	}
	return 0
}

// MarshalJSON writes quantiles in milliseconds.
func (w *Waits) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]float64{
		"p50": milliseconds(w.Quantile(0.5)), "p99": milliseconds(w.Quantile(0.99)), "p999": milliseconds(w.Quantile(0.999)), "max": milliseconds(w.Quantile(1)),
	})
}
