// Package lane runs batch work where it does not stand in the way of requests: on threads of its own that the kernel prefers less, with a
// processor of Go's scheduler added for each of them.
//
// A goroutine that computes for a second takes a processor from the others for that second, in slices of ten milliseconds, and Go's scheduler knows no
// priorities. The kernel does. So a Lane locks its worker to a thread, lowers the thread's priority (sched_setattr(2): SCHED_BATCH with a nice
// value), and raises GOMAXPROCS by one meanwhile, because otherwise the thread would keep one of the processors from requests whenever the kernel
// does not run it. A thread ends, and with it its priority, when there was nothing to do for a while.
//
// It is for work that is known to be long, is worth a thread and may be late. What is not known beforehand is the business of package boost.
//
// Two things to know. When the collector stops the world it waits for this thread too, and a thread of the lowest priority may get to run late: that is why Nice is
// moderate by default. And goroutines that the work starts are ordinary ones.
package lane

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/mote-go/mote/guard/internal/procs"
)

// What Do returns when it does not run the work.
var (
	ErrFull   = errors.New("lane: the queue is full")
	ErrClosed = errors.New("lane: closed")
)

// ErrExit is what Do returns when the work ended its goroutine by runtime.Goexit.
var ErrExit = errors.New("lane: the work ended its goroutine")

// Config sets up a lane. The zero Config means the defaults given with each field.
type Config struct {
	// Threads is how much work runs at a time, each with a processor added to GOMAXPROCS. Default 1, at most 64.
	Threads int
	// Queue is how much work may wait. Default 64, at most a million.
	Queue int
	// Nice is the threads' nice value, 1 to 19. Default 10, which leaves them a tenth of what an ordinary thread gets when CPUs are short.
	Nice int
	// Linger is for how long a thread without work stays. Default one second.
	Linger time.Duration
}

func (c Config) withDefaults() (Config, error) {
	for _, f := range []struct {
		name            string
		value           *int
		byDefault, most int
	}{{"Threads", &c.Threads, 1, 64}, {"Queue", &c.Queue, 64, 1_000_000}, {"Nice", &c.Nice, 10, 19}} {
		if *f.value == 0 {
			*f.value = f.byDefault
		}
		if *f.value < 1 || *f.value > f.most {
			return c, fmt.Errorf("lane: %s is %d, and must be 1 to %d, or 0 for the default, %d", f.name, *f.value, f.most, f.byDefault)
		}
	}
	if c.Linger == 0 {
		c.Linger = time.Second
	}
	if c.Linger < 0 {
		return c, fmt.Errorf("lane: Linger is %v, and must be positive, or 0 for the default", c.Linger)
	}
	return c, nil
}

// Lane runs work on threads of lower priority. Its methods are safe from any goroutine.
type Lane struct {
	config Config
	queue  chan *task
	limit  *procs.Limit

	mu      sync.Mutex
	claim   *procs.Claim
	closed  bool
	load    int // tasks that came in and that no thread is done with
	workers sync.WaitGroup
	stats   Stats
}

// Stats is what a lane does and did.
type Stats struct {
	Threads  int    // that it has now
	Waiting  int    // work in the queue
	Running  int    // work
	Done     uint64 // work that has ended, in whatever way
	Refused  uint64 // work that found the queue full
	Canceled uint64 // work whose context ended while it waited
	Lowered  bool   // the kernel has lowered the priority of the last thread
	Extra    int    // processors added to GOMAXPROCS; none where the operator has set it
}

// New returns a lane without threads; they start with the first work. The error names the field that cannot be.
func New(config Config) (*Lane, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	limit := procs.Process()
	return &Lane{config: config, queue: make(chan *task, config.Queue), limit: limit, claim: limit.Claim()}, nil
}

// Do runs work on the lane and returns its error. It blocks until the work has ended, or until the context ends while the work is still waiting;
// once it runs, ending is up to the work, which gets the same context. A full queue is ErrFull at once. When the work panics, so does Do, with a *Panic.
func (l *Lane) Do(ctx context.Context, work func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	t := &task{ctx: ctx, work: work, done: make(chan struct{})}
	if err := l.enter(t); err != nil {
		return err
	}
	select {
	case <-t.done:
	case <-ctx.Done():
		if t.cancel() {
			l.count(func(s *Stats) { s.Canceled++ })
			return ctx.Err()
		}
		<-t.done
	}
	if t.panicked != nil {
		panic(t.panicked)
	}
	return t.err
}

// enter puts a task into the queue, and starts a thread if there may be one more.
func (l *Lane) enter(t *task) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.admit(t)
}

// admit is enter for a caller that holds l.mu.
func (l *Lane) admit(t *task) error {
	if l.closed {
		return ErrClosed
	}
	select {
	case l.queue <- t:
	default:
		l.stats.Refused++
		return ErrFull
	}
	l.load++
	l.suffice()
	return nil
}

// Close lets no more work in, and returns when all that is queued or runs has ended.
func (l *Lane) Close() error {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		close(l.queue)
	}
	l.mu.Unlock()
	l.workers.Wait()
	return nil
}

// Stats returns the counters.
func (l *Lane) Stats() Stats {
	l.mu.Lock()
	defer l.mu.Unlock()
	stats := l.stats
	stats.Waiting = len(l.queue)
	return stats
}

func (l *Lane) count(change func(*Stats)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	change(&l.stats)
}
