package harness

import (
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

// Quantiles are those of the waits, in milliseconds.
type Quantiles struct {
	P50  float64 `json:"p50"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p999"`
	Max  float64 `json:"max"`
}

// Quantiles returns some of them.
func (w *Waits) Quantiles() *Quantiles {
	return &Quantiles{milliseconds(w.Quantile(0.5)), milliseconds(w.Quantile(0.99)), milliseconds(w.Quantile(0.999)), milliseconds(w.Quantile(1))}
}
