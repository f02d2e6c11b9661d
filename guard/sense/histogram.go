package sense

import (
	"math"
	"runtime/metrics"
	"time"
)

// histogram turns the runtime's ever growing histograms into the part that is new.
type histogram struct {
	counts []uint64 // as of the last call
}

// delta summarises what came into h since the last call. It allocates only the first time.
func (d *histogram) delta(h *metrics.Float64Histogram) Delay {
	if len(d.counts) != len(h.Counts) {
		d.counts = append(d.counts[:0], h.Counts...)
		return Delay{}
	}
	var sum Delay
	first, last := len(h.Counts), 0
	for i, n := range h.Counts {
		if n != d.counts[i] {
			sum.Count += n - d.counts[i]
			first, last = min(first, i), i
		}
	}
	if sum.Count == 0 {
		return sum
	}
	d.summarise(&sum, h, first, last)
	copy(d.counts[first:last+1], h.Counts[first:last+1])
	return sum
}

// summarise fills in quantiles and total from the buckets first to last, the only ones that changed.
func (d *histogram) summarise(sum *Delay, h *metrics.Float64Histogram, first, last int) {
	var total float64
	var seen uint64
	half, most := (sum.Count+1)/2, sum.Count-sum.Count/100
	for i := first; i <= last; i++ {
		n := h.Counts[i] - d.counts[i]
		if n == 0 {
			continue
		}
		low, high := bounds(h.Buckets, i)
		total += float64(n) * (low + high) / 2
		before := seen
		seen += n
		if before < half && half <= seen {
			sum.P50 = seconds(high)
		}
		if before < most && most <= seen {
			sum.P99 = seconds(high)
		}
		sum.Max = seconds(high)
	}
	sum.Total = seconds(total)
}

// bounds are a bucket's limits, the outermost made finite.
func bounds(buckets []float64, i int) (low, high float64) {
	low, high = buckets[i], buckets[i+1]
	if math.IsInf(low, -1) {
		low = 0
	}
	if math.IsInf(high, 1) {
		high = low
	}
	return low, max(0, high)
}

// seconds converts, and takes what does not fit for the longest duration.
func seconds(s float64) time.Duration {
	if ns := s * 1e9; ns < math.MaxInt64 {
		return time.Duration(ns)
	}
	return math.MaxInt64
}
