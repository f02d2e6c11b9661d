package defence

import (
	"time"

	"github.com/mote-go/mote/guard"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

// Queue tells how long requests have lately waited for something that is not a processor, such as a connection of a pool. It is called for each sample.
type Queue func() time.Duration

// queued is guard's shedding for a service whose requests also queue for something else, which scheduling delay does not show. It is an action of its own
// around the shedder, which then steers by whichever wait is longer.
type queued struct {
	*shed.Controller
	queue Queue
}

// newQueued returns a guard with that action, and its controller.
func newQueued(queue Queue) (*guard.Guard, *shed.Controller, error) {
	c, err := shed.New(shed.Config{})
	if err != nil {
		return nil, nil, err
	}
	g, err := guard.New(guard.Config{Actions: []guard.Action{queued{c, queue}}, Logger: quiet()})
	return g, c, err
}

// Observe passes on a sample. The number of runnable goroutines, by which the shedder checks a delay, knows nothing of the other queue.
func (q queued) Observe(s sense.Sample, v classify.Verdict) {
	if wait := q.queue(); wait > max(s.Overshoot, s.RunQueue.P99) {
		s.Overshoot, s.Runnable = wait, sense.Unknown
	}
	q.Controller.Observe(s, v)
}
