//go:build mote

package runtime

import "unsafe"

// metricBuckets is the number of buckets of the lengths of collections: below 2^10 ns, then one for each power of two up to 2^33 ns,
// which is 8.6 s, and all above.
const metricBuckets = 25

// shortestBucket is the base 2 logarithm of the end of the first bucket.
const shortestBucket = 10

// histogram is metrics.Float64Histogram.
type histogram struct {
	counts  []uint64
	buckets []float64
}

// pauseCounts is how many collections have had lengths in each bucket, under lockSched.
var pauseCounts [metricBuckets]uint32

// countPause puts a collection of that many nanoseconds into its bucket.
//
//mote:with runtime/metrics.runtime_readMetrics
func countPause(length int64) {
	i := 0
	for length >>= shortestBucket; length > 0 && i < metricBuckets-1; length >>= 1 {
		i++
	}
	pauseCounts[i]++
}

// pauseHistogram returns a histogram with the lengths of all collections in seconds: the one that v has if there is one.
//
// Safety: the pointer of a sample of that kind is a histogram.
func pauseHistogram(v *metricValue) unsafe.Pointer {
	h := (*histogram)(v.pointer)
	if v.kind != metricHistogram || h == nil || len(h.counts) != metricBuckets {
		h = &histogram{make([]uint64, metricBuckets), make([]float64, metricBuckets+1)}
		for i := 1; i < metricBuckets; i++ {
			h.buckets[i] = float64(uint64(1)<<(shortestBucket+i-1)) / 1e9
		}
		infinity := uint64(0x7ff) << 52
		h.buckets[metricBuckets] = *(*float64)(unsafe.Pointer(&infinity))
	}
	lockSched()
	for i, n := range pauseCounts {
		h.counts[i] = uint64(n)
	}
	unlockSched()
	return unsafe.Pointer(h)
}
