// Package hist counts durations in buckets whose width grows with the duration, as HdrHistogram does: adding one is a few instructions and no
// allocation, and any quantile is at most 1/128 above the exact one.
//
// A value is counted in whole microseconds, rounded up. Values up to 255 µs have a bucket each; from there every power of two is divided into
// 128 buckets of equal width. Histograms of the same kind add up, so that quantiles can be taken over several runs.
package hist

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"time"
)

const (
	precision = 7  // each power of two has 2^precision buckets
	magnitude = 27 // values are below 2^magnitude µs, 134 s; greater ones count as the greatest
	size      = (magnitude - precision + 1) << precision
)

// Histogram is ready for use as its zero value. It is not safe for several goroutines at once.
type Histogram struct {
	counts [size]uint64
	total  uint64
	max    time.Duration
}

// Add counts one duration; negative ones count as zero.
func (h *Histogram) Add(d time.Duration) {
	d = max(d, 0)
	h.counts[bucket(d)]++
	h.total++
	h.max = max(h.max, d)
}

// Count returns how many durations were added.
func (h *Histogram) Count() uint64 { return h.total }

// Max returns the greatest duration added, exactly; zero when there is none.
func (h *Histogram) Max() time.Duration { return h.max }

// Quantile returns a duration that at least the share q of those added do not exceed: the upper bound of the bucket in which the smallest such duration is, and
// never more than Max. It returns zero when nothing was added.
func (h *Histogram) Quantile(q float64) time.Duration {
	rank := uint64(q * float64(h.total))
	if float64(rank) < q*float64(h.total) {
		rank++
	}
	rank = min(max(rank, 1), h.total)
	seen := uint64(0)
	for i, n := range h.counts {
		if seen += n; n > 0 && seen >= rank {
			return min(upper(i), h.max)
		}
	}
	return 0
}

// Merge adds all that the other one holds.
func (h *Histogram) Merge(other *Histogram) {
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.total += other.total
	h.max = max(h.max, other.max)
}

// bucket returns the index for a duration.
func bucket(d time.Duration) int {
	us := uint64((d + time.Microsecond - 1) / time.Microsecond)
	shift := max(bits.Len64(us)-precision-1, 0)
	return min(shift<<precision+int(us>>shift), size-1)
}

// upper returns the greatest duration that is counted at an index.
func upper(index int) time.Duration {
	shift := max(index>>precision-1, 0)
	mantissa := uint64(index - shift<<precision)
	return time.Duration((mantissa+1)<<shift-1) * time.Microsecond
}

// wire is the histogram's JSON form: pairs of index and count where the count is not zero.
type wire struct {
	Max     time.Duration `json:"max_ns"`
	Buckets [][2]uint64   `json:"buckets"`
}

// MarshalJSON writes the greatest value and the buckets in use.
func (h *Histogram) MarshalJSON() ([]byte, error) {
	w := wire{Max: h.max, Buckets: [][2]uint64{}}
	for i, n := range h.counts {
		if n > 0 {
			w.Buckets = append(w.Buckets, [2]uint64{uint64(i), n})
		}
	}
	return json.Marshal(w)
}

// UnmarshalJSON replaces what the histogram holds by what MarshalJSON wrote.
func (h *Histogram) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("histogram: %w", err)
	}
	*h = Histogram{max: w.Max}
	for _, b := range w.Buckets {
		if b[0] >= size {
			return fmt.Errorf("histogram: bucket %d of %d", b[0], size)
		}
		h.counts[b[0]] += b[1]
		h.total += b[1]
	}
	return nil
}
