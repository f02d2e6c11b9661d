package shed

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// queue simulates a service: requests come at random to a first-in, first-out queue before two processors; whether one is served is
// asked for when it leaves the queue, as in a handler. Time is simulated.
type queue struct {
	*testing.T
	c        *Controller
	random   *rand.Rand
	priority func() Priority
	count    bool // the release of Go tells the number of runnable goroutines
	interval time.Duration

	now     time.Duration
	waiting []time.Duration  // since when
	free    [2]time.Duration // when each processor is
	arrival time.Duration    // of the next request
	sample  time.Duration    // when the next is due
	last    time.Duration    // when the last was taken

	waits   []time.Duration // of requests that were admitted
	sampled []time.Duration // one in eight of all, since the last sample
	asked   [classes]int
	turned  [classes]int
	served  int
}

// What a request costs.
const (
	toServe  = time.Millisecond
	toRefuse = 20 * time.Microsecond
)

func newQueue(t *testing.T, config Config) *queue {
	t.Helper()
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	q := &queue{T: t, c: c, random: rand.New(rand.NewPCG(1, 2)), priority: func() Priority { return Normal }, count: true, interval: 5 * time.Millisecond}
	q.sample = q.interval
	return q
}

// run offers load times what can be served, for that long.
func (q *queue) run(load float64, length time.Duration) {
	rate := load * float64(len(q.free)) / toServe.Seconds()
	end := q.now + length
	q.arrival = q.now
	for q.now < end {
		processor := q.first()
		begin := max(q.free[processor], q.now)
		switch {
		case len(q.waiting) > 0 && begin <= min(q.arrival, q.sample):
			q.now = begin
			q.serve(processor)
		case q.arrival <= q.sample:
			q.now = max(q.arrival, q.now)
			q.waiting = append(q.waiting, q.now)
			q.arrival = q.now + time.Duration(q.random.ExpFloat64()/rate*float64(time.Second))
		default:
			q.now = max(q.sample, q.now)
			q.observe()
			q.sample = q.now + q.interval
		}
	}
}

// burst adds requests at once.
func (q *queue) burst(n int) {
	for range n {
		q.waiting = append(q.waiting, q.now)
	}
}

// first returns the processor that is free first.
func (q *queue) first() int {
	if q.free[1] < q.free[0] {
		return 1
	}
	return 0
}

// serve takes the first that waits.
func (q *queue) serve(processor int) {
	wait := q.now - q.waiting[0]
	q.waiting = q.waiting[1:]
	if q.random.IntN(8) == 0 {
		q.sampled = append(q.sampled, wait)
	}
	p := q.priority()
	q.asked[p.class()]++
	if !q.c.Admit(p) {
		q.turned[p.class()]++
		q.free[processor] = q.now + toRefuse
		return
	}
	q.served++
	q.waits = append(q.waits, wait)
	q.free[processor] = q.now + toServe
}

// observe takes a sample.
func (q *queue) observe() {
	s := sense.Sample{Interval: q.now - q.last, Procs: len(q.free), Runnable: sense.Unknown}
	if n := len(q.sampled); n > 0 {
		slices.Sort(q.sampled)
		s.RunQueue = sense.Delay{Count: uint64(n), P50: q.sampled[n/2], P99: q.sampled[n-1], Max: q.sampled[n-1]}
		q.sampled = q.sampled[:0]
	}
	if q.count {
		s.Runnable = len(q.waiting)
	}
	q.last = q.now
	q.c.Observe(s, classify.Verdict{Cause: classify.Overload})
	q.ordered()
}

// ordered fails when a priority is turned away more often than a lower one.
func (q *queue) ordered() {
	stats := q.c.Stats()
	for class, p := range stats.Priority {
		if !(p.Drop >= 0 && p.Drop <= q.c.config.MaxDrop+1e-6) {
			q.Fatalf("%v is turned away with probability %v", p.Priority, p.Drop)
		}
		if class > 0 && p.Drop > stats.Priority[class-1].Drop {
			q.Fatalf("%v is turned away more often than what is below: %+v", p.Priority, stats.Priority)
		}
	}
}

// forget starts measuring anew.
func (q *queue) forget() {
	q.waits, q.served, q.asked, q.turned = nil, 0, [classes]int{}, [classes]int{}
}

// quantile of the waits of what was admitted.
func (q *queue) quantile(share float64) time.Duration {
	slices.Sort(q.waits)
	return q.waits[int(share*float64(len(q.waits)-1))]
}
