//go:build mote

package rtos

import "unsafe"

// Safety: a channel is a pointer, and lib/runtime/rtoschan.go copies what the second one points to, or into it, before it returns.

func chanSend[T any](ch chan<- T, v *T, when int64) int {
	return kernelSend(*(*unsafe.Pointer)(unsafe.Pointer(&ch)), noescape(v), when)
}

func chanRecv[T any](ch <-chan T, v *T, when int64) int {
	return kernelRecv(*(*unsafe.Pointer)(unsafe.Pointer(&ch)), noescape(v), when)
}

func chanTrySend[T any](ch chan<- T, v *T) int {
	return kernelTrySend(*(*unsafe.Pointer)(unsafe.Pointer(&ch)), noescape(v))
}

func chanTryRecv[T any](ch <-chan T, v *T) int {
	return kernelTryRecv(*(*unsafe.Pointer)(unsafe.Pointer(&ch)), noescape(v))
}

// noescape hides that the kernel gets a pointer.
func noescape[T any](v *T) unsafe.Pointer {
	x := uintptr(unsafe.Pointer(v))
	return unsafe.Pointer(x ^ 0)
}

func kernelSend(c, elem unsafe.Pointer, when int64) int
func kernelRecv(c, elem unsafe.Pointer, when int64) int
func kernelTrySend(c, elem unsafe.Pointer) int
func kernelTryRecv(c, elem unsafe.Pointer) int
