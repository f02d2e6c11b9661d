package classify

import (
	"fmt"
	"math"
	"time"
)

// Config sets the limits. The zero Config means the defaults.
type Config struct {
	Limit   time.Duration // how long work may wait for a processor or timer, 1 ms to 10 s; 0 means 10 ms
	Window  time.Duration // over which averages are taken, Limit to 10 s; 0 means 250 ms or Limit, whichever is longer
	Calm    time.Duration // without any sign before all is well again, up to a minute; 0 means 500 ms
	Waiters float64       // goroutines that wait for locks, on average over four times Window, that make a convoy; 0 means 4
	Threads int           // goroutines in system calls or cgo, throughout Window, that count as blocked; 0 means 64
	Assist  float64       // share of the processors that may go to assists of the collector, up to 1; 0 means 0.25
}

func (c Config) withDefaults() (Config, error) {
	setDefault(&c.Limit, 10*time.Millisecond)
	setDefault(&c.Window, max(250*time.Millisecond, c.Limit))
	setDefault(&c.Calm, 500*time.Millisecond)
	setDefault(&c.Waiters, 4)
	setDefault(&c.Threads, 64)
	setDefault(&c.Assist, 0.25)
	switch {
	case c.Limit < time.Millisecond || c.Limit > 10*time.Second:
		return c, fmt.Errorf("classify: Limit is %v, want 1ms to 10s", c.Limit)
	case c.Window < c.Limit || c.Window > 10*time.Second:
		return c, fmt.Errorf("classify: Window is %v, want Limit (%v) to 10s", c.Window, c.Limit)
	case c.Calm < 0 || c.Calm > time.Minute:
		return c, fmt.Errorf("classify: Calm is %v, want 0 to 1m", c.Calm)
	case !(c.Waiters > 0) || math.IsInf(c.Waiters, 0):
		return c, fmt.Errorf("classify: Waiters is %v, want more than 0", c.Waiters)
	case c.Threads < 0:
		return c, fmt.Errorf("classify: Threads is %d, want more than 0", c.Threads)
	case !(c.Assist > 0 && c.Assist <= 1):
		return c, fmt.Errorf("classify: Assist is %v, want a share of at most 1", c.Assist)
	}
	return c, nil
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
