package shed

import (
	"time"

	"github.com/mote-go/mote/guard/sense"
)

// hold is for how long the greatest delay seen counts. The runtime measures one transition in eight, which leaves a handful for a sample, and
// those that did not wait are among them: a single sample says little.
const hold = 20 * time.Millisecond

// delays estimates from samples how long a request that comes now will wait for processors.
type delays struct {
	now    time.Duration // of the samples together
	recent [8]peak       // the greatest last
}

// peak is a delay and the time for which it still counts.
type peak struct{ delay, left time.Duration }

// update takes a sample, and the number of requests that come in a second.
//
// The delays that goroutines had (RunQueue, Overshoot) are exact and noisy, and they are not only those of requests. Since Go 1.26 the runtime
// tells the number of goroutines that wait now, which by Little's law is the rate of requests times the time that each of them waits, in all of its
// waits together: steady and without lag, yet too much when there are few requests and something else waits. The lesser of both is right in either case.
func (d *delays) update(s sense.Sample, rate float64) time.Duration {
	d.now = d.peak(max(s.RunQueue.P99, s.Overshoot, 0), s.Interval)
	if s.Runnable >= 0 && rate > 0 {
		littles := float64(s.Runnable) / rate
		if littles < d.now.Seconds() {
			d.now = time.Duration(littles * float64(time.Second))
		}
	}
	return d.now
}

// peak returns the greatest delay in the time of hold.
func (d *delays) peak(delay, interval time.Duration) time.Duration {
	greatest := delay
	oldest := 0
	for i := range d.recent {
		p := &d.recent[i]
		if p.left -= interval; p.left <= 0 {
			*p = peak{}
		}
		greatest = max(greatest, p.delay)
		if p.left < d.recent[oldest].left {
			oldest = i
		}
	}
	d.recent[oldest] = peak{delay, hold}
	return greatest
}
