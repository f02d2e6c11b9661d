// Package guard keeps a Go service from starving its own goroutines: it sees within milliseconds that goroutines wait for a processor, says what
// makes them wait, acts on the cause, and leaves evidence.
//
//	g, err := guard.New(guard.Config{Shed: &shed.Config{}, Boost: &boost.Config{}})
//	if err != nil {
//		log.Fatal(err)
//	}
//	defer g.Close()
//	http.ListenAndServe(addr, g.Handler(mux))
//
// It is a pipeline that runs on one goroutine, some hundred times a second: package sense takes a sample, package classify says what it means, and
// each Action does something about it. The actions that come with it are off until Config names them, bounded in what they may do, and take it
// back when the cause is gone: shed turns requests away, boost adds processors for a while, record takes an execution trace. Package watch (a second process that sees when this one
// hangs altogether) is started with it if Config says so; package lane (for batch work) stands beside the pipeline.
//
// It is no substitute for capacity, and it does not limit the rate of single clients.
//
// Start reading with New, then Guard.observe.
package guard

import (
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
)

// Action is something that follows the samples and does something about a cause. Observe is called after each sample, from the
// sampler's goroutine, which it must not keep: no blocking, no allocation in the ordinary case. Close takes back what
// the action changed; Observe is not called after it.
type Action interface {
	Name() string
	Observe(s sense.Sample, v classify.Verdict)
	Close() error
}

// Guard watches over the process that it runs in. Its methods are safe from any goroutine. A process needs one; with two, both
// would change GOMAXPROCS.
type Guard struct {
	sampler    *sense.Sampler
	classifier *classify.Classifier
	actions    []Action
	parts      parts
	announcer  *announcer

	mu      sync.Mutex // of what follows
	last    sense.Sample
	verdict classify.Verdict
	totals  [classify.Causes]Total
	history history
	closed  bool
}

// New checks the configuration, and starts to watch. An error names the package, the field and the value that cannot be; nothing runs then.
func New(config Config) (*Guard, error) {
	g, err := prepare(config)
	if err != nil {
		return nil, err
	}
	if err := g.sampler.Start(g.observe); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

// prepare does all of New but to start the sampler.
func prepare(config Config) (*Guard, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	g := &Guard{history: history{limit: config.History, begun: time.Now()}}
	if g.classifier, err = classify.New(config.Classify); err != nil {
		return nil, err
	}
	if g.sampler, err = sense.New(config.Sense); err != nil {
		return nil, err
	}
	if err := g.build(config); err != nil {
		return nil, errors.Join(err, g.undo(), g.sampler.Close())
	}
	g.announcer = announce(config.Logger, config.OnVerdict)
	return g, nil
}

// observe takes one sample through the pipeline. It runs on the sampler's goroutine.
func (g *Guard) observe(s sense.Sample) {
	v := g.classifier.Observe(s)
	for _, a := range g.actions {
		a.Observe(s, v)
	}
	g.mu.Lock()
	before := g.verdict
	g.last, g.verdict = s, v
	g.totals[v.Cause].add(s, v.Cause != before.Cause)
	if v.Cause != before.Cause {
		g.history.add(before, v)
	}
	g.mu.Unlock()
	if v.Cause != before.Cause {
		g.announcer.tell(before, v)
	}
}

// Heartbeat is what requests may look at to see, without any lock, how overdue the sampler is.
func (g *Guard) Heartbeat() *sense.Heartbeat { return g.sampler.Heartbeat() }

// Shed is the controller that decides which requests are served, or nil if Config.Shed was nil.
func (g *Guard) Shed() *shed.Controller { return g.parts.shed }

// Handler serves by next what the shedder admits, with shed.HTTP's defaults; without one it is next itself.
func (g *Guard) Handler(next http.Handler) http.Handler {
	if g.parts.shed == nil {
		return next
	}
	return g.parts.shed.Handler(next)
}

// Close stops to watch, and takes back what the actions have changed. It waits for a sample that is under way and for what there is
// still to announce.
func (g *Guard) Close() error {
	g.mu.Lock()
	closed := g.closed
	g.closed = true
	g.mu.Unlock()
	if closed {
		return nil
	}
	err := errors.Join(g.sampler.Close(), g.undo())
	g.announcer.close()
	return err
}

// undo closes the parts in the reverse order of their start.
func (g *Guard) undo() error {
	var all error
	for i := len(g.actions) - 1; i >= 0; i-- {
		all = errors.Join(all, g.actions[i].Close())
	}
	if g.parts.watch != nil {
		all = errors.Join(all, g.parts.watch.Close())
	}
	return all
}

// Total is how often and how long the process was in a state.
type Total struct {
	Times uint64        // it began
	Time  time.Duration // it lasted, altogether
}

func (t *Total) add(s sense.Sample, begins bool) {
	if begins {
		t.Times++
	}
	t.Time += s.Interval
}

// logger returns l, or the default one.
func logger(l *slog.Logger) *slog.Logger {
	if l == nil {
		return slog.Default()
	}
	return l
}
