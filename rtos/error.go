package rtos

import "errors"

// Errors of operations with a Timeout, and of locks.
var (
	ErrTimeout  = errors.New("rtos: timeout")
	ErrClosed   = errors.New("rtos: channel is closed")
	ErrDeadlock = errors.New("rtos: the owner of the mutex waits for the caller")
	ErrCeiling  = errors.New("rtos: the caller is more urgent than the ceiling of the mutex")
)
