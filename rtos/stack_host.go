//go:build !mote

package rtos

// stack: goroutines of the host have stacks that grow.
func (t task) stack() (size, used uintptr) { return 0, 0 }
