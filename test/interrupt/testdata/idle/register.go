package main

import (
	"runtime/volatile"
	"unsafe"
)

func registerAt(addr uintptr) *volatile.Register32 {
	return (*volatile.Register32)(unsafe.Pointer(addr))
}

func registerAt8(addr uintptr) *volatile.Register8 {
	return (*volatile.Register8)(unsafe.Pointer(addr))
}
