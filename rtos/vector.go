//go:build mote

package rtos

import (
	"errors"
	"unsafe"
)

// SetVector makes handler what interrupt irq runs from now on, in place of what interrupt.New gave it. The first call moves the vector
// table to RAM, which programs without SetVector have no room for: 4 bytes for each of the processor's 16 exceptions and the
// board's interrupts.
//
// The compiler reads the arguments, as those of interrupt.New: handler names a function or a function literal that captures
// nothing, which is checked like all handlers. It returns a VectorError, or errors.ErrUnsupported where the processor cannot do it
// (Cortex-M0, RISC-V). Not for handlers.
//
// Safety: handler is not nil, and its code takes no closure: the compiler has seen to both. The processor saves what an
// ordinary function changes.
func SetVector(irq int, handler func()) error {
	code := **(**uintptr)(unsafe.Pointer(&handler))
	switch code := setVector(irq, code); code {
	case 0:
		return nil
	case len(vectorErrors) + 1:
		return errors.ErrUnsupported
	default:
		return vectorErrors[code-1]
	}
}

// setVector is package runtime's; it returns 0, or the number of an error.
//
// Safety: the function linked has this signature.
func setVector(irq int, code uintptr) int
