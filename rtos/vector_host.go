//go:build !mote

package rtos

import "errors"

// SetVector is for devices; on the host there are no interrupts.
func SetVector(irq int, handler func()) error { return errors.ErrUnsupported }
