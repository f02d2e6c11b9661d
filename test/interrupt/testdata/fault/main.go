// Command fault has a handler that reads memory that is not there.
package main

import (
	"runtime/interrupt"
	"unsafe"
)

//go:noinline
func read(addr uintptr) int { return *(*int)(unsafe.Pointer(addr)) }

func onPend(i interrupt.Interrupt) {
	println(read(0xf0000001 + uintptr(i.Number())*4)) // v6-M boards may read anything there, but nothing unaligned
}

func main() {
	irq := interrupt.New(8, onPend)
	irq.Enable()
	irq.Pend()
	println("goes on")
}
