// Package probe measures for the experiments of folklore: how late goroutines run, while others load the processors.
package probe

import (
	"fmt"
	"hash/crc32"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// Delays is a set of measured delays.
type Delays []time.Duration

// Quantile returns the delay below which the share q of all lies, or 0 of none.
func (d Delays) Quantile(q float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	sorted := append(Delays(nil), d...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
	return sorted[int(q*float64(len(sorted)-1))]
}

// String gives the median and the 99th percentile.
func (d Delays) String() string {
	return fmt.Sprintf("p50 %8.3f ms  p99 %8.3f ms", milliseconds(d.Quantile(0.5)), milliseconds(d.Quantile(0.99)))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Requests comes back to work as a server does, for about length: it sleeps for 2 ms, starts a goroutine, waits until that has run, and notes how much
// later than due it knows of it.
func Requests(length time.Duration) Delays {
	var delays Delays
	for start := time.Now(); time.Since(start) < length; {
		due := time.Now().Add(2 * time.Millisecond)
		time.Sleep(time.Until(due))
		done := make(chan struct{})
		go close(done)
		<-done
		delays = append(delays, time.Since(due))
	}
	return delays
}

// Hogs are goroutines that compute without end.
type Hogs struct {
	stop atomic.Bool
	done sync.WaitGroup
	work atomic.Int64 // blocks hashed
}

// StartHogs starts n of them.
func StartHogs(n int) *Hogs {
	h := &Hogs{}
	h.done.Add(n)
	for i := 0; i < n; i++ {
		go h.compute()
	}
	return h
}

// Stop ends them and returns how many blocks they have hashed together.
func (h *Hogs) Stop() int64 {
	h.stop.Store(true)
	h.done.Wait()
	return h.work.Load()
}

func (h *Hogs) compute() {
	defer h.done.Done()
	block, sum, blocks := make([]byte, 16<<10), uint32(0), int64(0)
	for !h.stop.Load() {
		sum = crc32.Update(sum, crc32.IEEETable, block)
		blocks++
	}
	block[0] = byte(sum)
	h.work.Add(blocks)
}

// Median returns the middle one of a few measurements.
func Median(values []float64) float64 {
	sorted := append([]float64(nil), values...)
	sort.Float64s(sorted)
	return sorted[len(sorted)/2]
}
