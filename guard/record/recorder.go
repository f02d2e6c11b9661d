package record

import (
	"errors"
	"runtime/trace"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
)

// Recorder is an action of the guard. Nothing but its own goroutine, which New starts, touches tracer and files.
type Recorder struct {
	config Config
	tracer tracer
	looks  chan look
	plan   plan
	armed  atomic.Bool
	quit   chan struct{}
	done   chan struct{}
	once   sync.Once

	mu    sync.Mutex
	stats Stats
}

// Stats counts what a Recorder did.
type Stats struct {
	Armed     bool
	Arms      uint64
	Snapshots uint64
	Failures  uint64 // to switch on, to write, to analyse
	Missed    uint64 // samples that came while the recorder was busy
	Last      Snapshot
}

// New checks c, removes what an earlier process left half written, and starts the recorder's goroutine; the tracer is off.
func New(c Config) (*Recorder, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	sweep(c.Dir)
	r := prepare(c, newTracer(c))
	go r.run()
	return r, nil
}

func prepare(c Config, t tracer) *Recorder {
	return &Recorder{config: c, tracer: t, looks: make(chan look, 16), plan: plan{c: c}, quit: make(chan struct{}), done: make(chan struct{})}
}

// Name is "record".
func (r *Recorder) Name() string { return "record" }

// Observe passes on what matters. It does not block and does not allocate; while all is well and nothing is recorded, it compares a few numbers.
func (r *Recorder) Observe(s sense.Sample, v classify.Verdict) {
	starving := v.Starving()
	half := r.config.Limit / 2
	suspect := starving || v.Delay > half || s.Overshoot > half || s.RunQueue.Max > half || s.Stale > half
	if !suspect && !r.armed.Load() {
		return
	}
	l := look{at: s.At, suspect: suspect, starving: starving}
	if starving {
		l.cause = v.Cause.String()
	}
	select {
	case r.looks <- l:
	default:
		r.count(func(s *Stats) { s.Missed++ })
	}
}

// Close switches the tracer off and waits for a snapshot that is being written. A trace that has not led to one is dropped.
func (r *Recorder) Close() error {
	r.once.Do(func() { close(r.quit) })
	<-r.done
	return nil
}

// Stats counts what was done up to now.
func (r *Recorder) Stats() Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.stats
	s.Armed = r.armed.Load()
	return s
}

func (r *Recorder) count(f func(*Stats)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(&r.stats)
}

func (r *Recorder) run() {
	defer close(r.done)
	for {
		select {
		case <-r.quit:
			r.off()
			return
		case l := <-r.looks:
			r.do(r.plan.next(l), l.at)
		}
	}
}

func (r *Recorder) do(s step, now time.Time) {
	switch s {
	case arm:
		r.on(now)
	case disarm:
		r.off()
		r.config.Logger.Debug("guard: recorder disarmed")
	case snapshot:
		r.take(now)
	case renew:
		if err := r.tracer.renew(); err != nil {
			r.fail("renewing the trace", err, now)
		}
	}
}

// errTracing says that the program traces itself.
var errTracing = errors.New("the program traces itself")

func (r *Recorder) on(now time.Time) {
	if trace.IsEnabled() {
		r.fail("arming", errTracing, now)
		return
	}
	if err := r.tracer.start(); err != nil {
		r.fail("arming", err, now)
		return
	}
	r.armed.Store(true)
	r.count(func(s *Stats) { s.Arms++ })
	r.config.Logger.Debug("guard: recorder armed")
}

func (r *Recorder) off() {
	if r.armed.Load() {
		r.tracer.stop()
		r.armed.Store(false)
	}
}

// fail gives up for the length of a cool-down.
func (r *Recorder) fail(what string, err error, now time.Time) {
	r.off()
	r.plan.rest(now)
	r.count(func(s *Stats) { s.Failures++ })
	r.config.Logger.Warn("guard: recorder failed", "what", what, "error", err)
}

// take writes a snapshot, has it analysed and makes room for the next.
func (r *Recorder) take(now time.Time) {
	snap, err := r.write(now)
	r.off()
	if err != nil {
		r.fail("writing a snapshot", err, now)
		return
	}
	if r.config.Analyze != nil {
		if err := r.analyze(&snap); err != nil {
			r.count(func(s *Stats) { s.Failures++ })
			r.config.Logger.Warn("guard: recorder failed", "what", "analysing "+snap.File, "error", err)
		}
	}
	if err := r.prune(); err != nil {
		r.config.Logger.Warn("guard: recorder failed", "what", "removing old traces", "error", err)
	}
	r.count(func(s *Stats) { s.Snapshots++; s.Last = snap })
	r.config.Logger.Warn("guard: starvation recorded", "cause", snap.Cause, "file", snap.File, "bytes", snap.Bytes, "summary", snap.Summary)
	if r.config.Notice != nil {
		r.config.Notice(snap)
	}
}
