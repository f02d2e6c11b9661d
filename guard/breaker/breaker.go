// Package breaker stops calling a dependency that fails: a database, another service, a payment provider.
//
// A Breaker is closed while calls succeed. After so many failures in a row it opens, and calls fail at once with ErrOpen, so that neither side
// spends anything on them. After a while it is half-open and lets a few trial calls through: if all succeed it closes, if one fails it opens again. The
// state machine is that of github.com/sony/gobreaker; added here are checks of the configuration, what counts as whose failure, and adapters.
//
// It is for dependencies, one Breaker for each, and no means against one's own overload: it knows only all or nothing, and what it measures there is the
// caller's own queue (package shed is for that).
//
// It is a module of its own, so that package guard needs no library.
package breaker

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"
)

// ErrOpen is what a call fails with that was not made because the dependency has failed before; the error that wraps it names the dependency.
var ErrOpen = errors.New("circuit breaker is open")

// errLeft counts as a failure: the call panicked or ended its goroutine.
var errLeft = errors.New("the call did not return")

// Config says when a breaker opens and closes. The zero Config means the defaults given with each field.
type Config struct {
	// Name is the dependency's name in errors and reports. Default "dependency".
	Name string
	// Failures is the number of failures in a row that opens the breaker. Default 5.
	Failures int
	// Open is for how long it stays open before trial calls. Default 10 seconds.
	Open time.Duration
	// Trials is the number of trial calls that may be under way when it is half-open, and of successes in a row that close it. Default 3.
	Trials int
	// Ignore tells errors that say nothing about the dependency: that something was not found, that the caller asked for nonsense. They count neither as
	// failure nor as success, and neither does, in any case, that the caller has cancelled the call. Nil: no others.
	Ignore func(error) bool
	// Changed is called at each change of state, while others wait for it. It must not use the breaker. Nil: nothing.
	Changed func(name string, from, to State)
}

func (c Config) withDefaults() (Config, error) {
	if c.Name == "" {
		c.Name = "dependency"
	}
	for _, f := range []struct {
		name      string
		value     *int
		byDefault int
	}{{"Failures", &c.Failures, 5}, {"Trials", &c.Trials, 3}} {
		if *f.value == 0 {
			*f.value = f.byDefault
		}
		if *f.value < 1 || *f.value > math.MaxInt32 {
			return c, fmt.Errorf("breaker: %s is %d, and must be 1 to %d, or 0 for the default, %d", f.name, *f.value, math.MaxInt32, f.byDefault)
		}
	}
	if c.Open == 0 {
		c.Open = 10 * time.Second
	}
	if c.Open < 0 {
		return c, fmt.Errorf("breaker: Open is %v, and must be positive, or 0 for the default", c.Open)
	}
	return c, nil
}

// State is a breaker's.
type State uint8

// The states.
const (
	Closed   State = iota // calls are made
	HalfOpen              // a few are, to see
	Open                  // none is
)

// String returns the name as it stands in reports.
func (s State) String() string {
	names := [...]string{"closed", "half-open", "open"}
	if int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("State(%d)", uint8(s))
}

// state translates the library's.
func state(s gobreaker.State) State {
	switch s {
	case gobreaker.StateClosed:
		return Closed
	case gobreaker.StateHalfOpen:
		return HalfOpen
	}
	return Open
}

// Breaker stands before one dependency. Its methods are safe from any goroutine.
type Breaker struct {
	config  Config
	machine *gobreaker.TwoStepCircuitBreaker[struct{}]
	calls   atomic.Uint64
	failed  atomic.Uint64
	refused atomic.Uint64
}

// New returns a closed breaker. The error names the field that cannot be.
func New(config Config) (*Breaker, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	b := &Breaker{config: config}
	b.machine = gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Name:        config.Name,
		MaxRequests: uint32(config.Trials),
		Timeout:     config.Open,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= uint32(config.Failures) },
		IsExcluded:  b.excluded,
		OnStateChange: func(name string, from, to gobreaker.State) {
			if config.Changed != nil {
				config.Changed(name, state(from), state(to))
			}
		},
	})
	return b, nil
}

// excluded tells whether an error says nothing about the dependency.
func (b *Breaker) excluded(err error) bool {
	return err != nil && (errors.Is(err, context.Canceled) || b.config.Ignore != nil && b.config.Ignore(err))
}

// Allow asks whether a call may be made now. If so, done must be called once, with the call's error: nil is a success, context.Canceled and what
// Config.Ignore knows is nothing, and the rest are failures, a deadline that has passed among them. Otherwise the error is ErrOpen, wrapped.
func (b *Breaker) Allow() (done func(error), err error) {
	report, err := b.machine.Allow()
	if err != nil {
		b.refused.Add(1)
		return nil, fmt.Errorf("%s: %w", b.config.Name, ErrOpen)
	}
	b.calls.Add(1)
	return func(err error) {
		if err != nil && !b.excluded(err) {
			b.failed.Add(1)
		}
		report(err)
	}, nil
}

// Do makes the call if it may be made, and returns its error. A call that panics or ends its goroutine has failed.
func (b *Breaker) Do(ctx context.Context, call func(context.Context) error) error {
	done, err := b.Allow()
	if err != nil {
		return err
	}
	result := errLeft
	defer func() { done(result) }()
	err = call(ctx)
	result = err
	return err
}

// Stats is what a breaker does and did.
type Stats struct {
	Name    string
	State   State
	Calls   uint64 // made
	Failed  uint64 // of those
	Refused uint64 // not made
}

// Stats returns the counters.
func (b *Breaker) Stats() Stats {
	return Stats{Name: b.config.Name, State: state(b.machine.State()), Calls: b.calls.Load(), Failed: b.failed.Load(), Refused: b.refused.Load()}
}
