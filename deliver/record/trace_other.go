//go:build !linux

package record

import (
	"errors"
	"os/exec"
)

// Tracer needs Linux.
type Tracer struct {
	PID   int
	Ended <-chan error
}

// Start fails: only Linux has what it needs.
func Start(*exec.Cmd) (*Tracer, error) { return nil, errors.New("recording system calls needs Linux") }

// Recording is nothing.
func (*Tracer) Recording() *Recording { return nil }
