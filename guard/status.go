package guard

import (
	"time"

	"github.com/mote-go/mote/guard/boost"
	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/record"
	"github.com/mote-go/mote/guard/sense"
	"github.com/mote-go/mote/guard/shed"
	"github.com/mote-go/mote/guard/watch"
)

// Status is what a Guard knows. It is a copy.
type Status struct {
	Sample  sense.Sample           // the last
	Verdict classify.Verdict       // of that sample
	Totals  [classify.Causes]Total // by cause, classify.Healthy among them
	Events  []Event                // the last changes of the verdict, oldest first
	Lost    uint64                 // events that were not announced, because log and OnVerdict could not keep up
	Shed    *shed.Stats            // nil without it
	Boost   *boost.Stats           // nil without it
	Record  *record.Stats          // nil without it
	Watch   *watch.Stats           // nil without it
}

// Event is a change of the verdict.
type Event struct {
	At     time.Time
	Before classify.Cause
	Lasted time.Duration    // the state before
	Now    classify.Verdict // Cause is Healthy when starvation ended
}

// Status returns what is known now. It allocates, for Events.
func (g *Guard) Status() Status {
	g.mu.Lock()
	s := Status{Sample: g.last, Verdict: g.verdict, Totals: g.totals, Events: g.history.list()}
	g.mu.Unlock()
	s.Lost = g.announcer.lost.Load()
	if g.parts.shed != nil {
		stats := g.parts.shed.Stats()
		s.Shed = &stats
	}
	if g.parts.boost != nil {
		stats := g.parts.boost.Stats()
		s.Boost = &stats
	}
	if g.parts.record != nil {
		stats := g.parts.record.Stats()
		s.Record = &stats
	}
	if g.parts.watch != nil {
		stats := g.parts.watch.Stats()
		s.Watch = &stats
	}
	return s
}

// history holds the last events, in a ring that grows up to its limit.
type history struct {
	limit  int
	events []Event
	next   int       // where the next one goes, once the ring is full
	begun  time.Time // of the present state
}

// add notes that the verdict changed.
func (h *history) add(before, now classify.Verdict) {
	e := Event{At: now.At, Before: before.Cause, Lasted: now.At.Sub(h.begun), Now: now}
	h.begun = now.At
	if len(h.events) < h.limit {
		h.events = append(h.events, e)
		return
	}
	h.events[h.next] = e
	h.next = (h.next + 1) % h.limit
}

// list returns the events, oldest first.
func (h *history) list() []Event {
	all := make([]Event, 0, len(h.events))
	return append(append(all, h.events[h.next:]...), h.events[:h.next]...)
}
