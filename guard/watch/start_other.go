//go:build !linux

package watch

import (
	"errors"
	"fmt"
)

// Watchdog exists on Linux only.
type Watchdog struct{}

// Early does nothing but return a Token on this system.
func Early() Token { return Token{early: true} }

// Start checks c and then fails: there is no watchdog on this system.
func Start(c Config) (*Watchdog, error) {
	if _, err := c.withDefaults(); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("watch: %w on this system", errors.ErrUnsupported)
}

// Beat does nothing.
func (w *Watchdog) Beat() {}

// Stats is empty.
func (w *Watchdog) Stats() Stats { return Stats{} }

// PID is 0.
func (w *Watchdog) PID() int { return 0 }

// Close does nothing.
func (w *Watchdog) Close() error { return nil }
