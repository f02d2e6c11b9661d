//go:build mote

package rtos

import "unsafe"

// Safety: lib/runtime/rtosstack.go defines it with this signature.
func taskStack(g unsafe.Pointer, id uint32) (size, used uintptr)

func (t task) stack() (size, used uintptr) { return taskStack(t.g, t.id) }
