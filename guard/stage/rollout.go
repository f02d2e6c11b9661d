package stage

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Rollout follows stages. Its methods are safe from any goroutine.
type Rollout struct {
	stages []Stage
	notify func(Event)
	now    func() time.Time
	bound  atomic.Uint64 // hashes below it are the canary's

	mu     sync.Mutex
	index  int // of the stage
	status Status
}

// Status is how far a rollout has come.
type Status struct {
	Phase Phase
	Stage Stage     // the present one, or the one that it was rolled back from
	Since time.Time // when the stage began, or the rollout ended
	Seen  Seen      // of the canary in that stage
	Cause string    // of the rollback
}

// Phase is what a rollout is doing.
type Phase uint8

// The phases.
const (
	Watching   Phase = iota // a stage is under way
	Complete                // the last stage has been passed; its share stays, and is watched no more
	RolledBack              // the canary gets nothing
)

// String returns the name as it stands in reports.
func (p Phase) String() string {
	names := [...]string{"watching", "complete", "rolled back"}
	if int(p) < len(names) {
		return names[p]
	}
	return fmt.Sprintf("Phase(%d)", uint8(p))
}

// Seen counts the canary's requests.
type Seen struct{ Requests, Failed, Slow int }

// Event is a change: a stage was reached, all were passed, or it was rolled back.
type Event struct {
	Status        // after it
	Before Status // with what was seen until then
}

// Start begins with the first stage. Notify is called for each change, one after the other, by the goroutine that brought it about, which it
// holds up; it must not use the rollout. Nil: nothing. The error names stage, field and value that cannot be.
func Start(stages []Stage, notify func(Event)) (*Rollout, error) {
	if err := Check(stages); err != nil {
		return nil, err
	}
	if notify == nil {
		notify = func(Event) {}
	}
	r := &Rollout{stages: stages, notify: notify, now: time.Now}
	r.enter(0)
	return r, nil
}

// enter begins a stage. The caller holds r.mu, or is Start.
func (r *Rollout) enter(i int) {
	r.index, r.status = i, Status{Stage: r.stages[i], Since: r.now()}
	r.bound.Store(threshold(r.stages[i].Share))
}

// Choose tells whether the canary serves that key: a customer, a session, an address.
func (r *Rollout) Choose(key string) (canary bool) {
	return hash(key) < r.bound.Load()
}

// hash spreads keys evenly: FNV-1a, which alone leaves the upper bits of similar keys alike, and then the finishing step of MurmurHash3. It has
// to stay as it is, for a key to stay with its variant across releases.
func hash(key string) uint64 {
	x := uint64(0xcbf29ce484222325)
	for i := 0; i < len(key); i++ {
		x = (x ^ uint64(key[i])) * 0x100000001b3
	}
	x = (x ^ x>>33) * 0xff51afd7ed558ccd
	x = (x ^ x>>33) * 0xc4ceb9fe1a85ec53
	return min(x^x>>33, 1<<64-2) // below the bound of all
}

// Done takes how a request of the canary ended, and with it changes the stage or rolls back.
func (r *Rollout) Done(failed bool, took time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status.Phase != Watching {
		return
	}
	s, seen := &r.status.Stage, &r.status.Seen
	seen.Requests++
	if failed {
		seen.Failed++
	}
	if s.Latency > 0 && took > s.Latency {
		seen.Slow++
	}
	if cause := s.exceeded(*seen); cause != "" {
		r.rollback(cause)
		return
	}
	if seen.Requests >= s.Requests && r.now().Sub(r.status.Since) >= s.Observe {
		r.advance()
	}
}

// exceeded says which budget was, if one was. What may fail is a share of the requests that there were, or are to be at least.
func (s *Stage) exceeded(seen Seen) string {
	of := float64(max(seen.Requests, s.Requests))
	switch {
	case float64(seen.Failed) > s.Errors*of:
		return fmt.Sprintf("%d of %d requests failed; the budget is %v of %v", seen.Failed, seen.Requests, s.Errors, of)
	case float64(seen.Slow) > s.Slow*of:
		return fmt.Sprintf("%d of %d requests took longer than %v; the budget is %v of %v", seen.Slow, seen.Requests, s.Latency, s.Slow, of)
	}
	return ""
}

// advance goes to the next stage, or ends. The caller holds r.mu.
func (r *Rollout) advance() {
	before := r.status
	if r.index+1 < len(r.stages) {
		r.enter(r.index + 1)
	} else {
		r.status.Phase, r.status.Since = Complete, r.now()
	}
	r.notify(Event{Status: r.status, Before: before})
}

// rollback ends the rollout. The caller holds r.mu.
func (r *Rollout) rollback(cause string) {
	before := r.status
	r.bound.Store(0)
	r.status.Phase, r.status.Since, r.status.Cause = RolledBack, r.now(), cause
	r.notify(Event{Status: r.status, Before: before})
}

// Rollback takes the canary back, also after the rollout is complete.
func (r *Rollout) Rollback(cause string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.status.Phase != RolledBack {
		r.rollback(cause)
	}
}

// Status tells how far the rollout has come.
func (r *Rollout) Status() Status {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}
