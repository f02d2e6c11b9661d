package main

import (
	"runtime/volatile"
	"unsafe"
)

func registerAt(addr uintptr) *volatile.Register32 {
	return (*volatile.Register32)(unsafe.Pointer(addr))
}
