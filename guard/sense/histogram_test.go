package sense

import (
	"math"
	"runtime/metrics"
	"testing"
	"time"
)

func TestHistogramDelta(t *testing.T) {
	h := &metrics.Float64Histogram{Counts: []uint64{5, 0, 0, 0}, Buckets: []float64{math.Inf(-1), 0.001, 0.002, 0.004, math.Inf(1)}}
	var d histogram
	if got := d.delta(h); got != (Delay{}) {
		t.Errorf("first look: %+v, want nothing: what was before is not this interval's", got)
	}
	h.Counts = []uint64{5, 99, 1, 0}
	const ms = time.Millisecond
	want := Delay{Count: 100, P50: 2 * ms, P99: 2 * ms, Max: 4 * ms, Total: 151500 * time.Microsecond}
	got := d.delta(h)
	got.Total = got.Total.Round(time.Microsecond)
	if got != want {
		t.Errorf("100 new: %+v, want %+v", got, want)
	}
	if got := d.delta(h); got != (Delay{}) {
		t.Errorf("nothing new: %+v", got)
	}
	h.Counts = []uint64{6, 99, 1, 2}
	if got := d.delta(h); got.Count != 3 || got.Max != 4*ms || got.P50 != 4*ms {
		t.Errorf("in the unbounded buckets: %+v, want them cut to their finite ends", got)
	}
}

func TestHistogramDoesNotAllocate(t *testing.T) {
	h := &metrics.Float64Histogram{Counts: make([]uint64, 160), Buckets: make([]float64, 161)}
	var d histogram
	d.delta(h)
	if n := testing.AllocsPerRun(100, func() { h.Counts[7]++; d.delta(h) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func TestSeconds(t *testing.T) {
	if got := seconds(math.Inf(1)); got != math.MaxInt64 {
		t.Errorf("infinite seconds are %v", got)
	}
	if got := seconds(0.25); got != 250*time.Millisecond {
		t.Errorf("0.25 seconds are %v", got)
	}
}
