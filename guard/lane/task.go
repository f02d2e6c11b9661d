package lane

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
)

// task is work on its way through a lane.
type task struct {
	ctx   context.Context
	work  func(context.Context) error
	state atomic.Uint32 // waiting, then taken by the lane or given up by the caller

	done     chan struct{} // closed when what follows is valid
	err      error
	panicked *Panic
}

const (
	waiting = iota
	taken
	canceled
)

// claim takes the task for running; false means that its caller has given it up.
func (t *task) claim() bool { return t.state.CompareAndSwap(waiting, taken) }

// cancel gives the task up; false means that it runs or has run.
func (t *task) cancel() bool { return t.state.CompareAndSwap(waiting, canceled) }

// run does the work and notes how it ended. Its caller closes done.
func (t *task) run() {
	t.err = ErrExit
	defer func() {
		if value := recover(); value != nil {
			t.panicked = &Panic{Value: value, Stack: debug.Stack()}
		}
	}()
	t.err = t.work(t.ctx)
}

// Panic is what Do panics with when the work has: what it panicked with, and where.
type Panic struct {
	Value any
	Stack []byte // of the work
}

// Error gives the value and the stack, as an unrecovered panic prints them.
func (p *Panic) Error() string {
	return fmt.Sprintf("lane: the work panicked: %v\n\n%s", p.Value, p.Stack)
}

// Unwrap returns the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}
