// Command uart sends a text from the handler of the interrupt that says that there is room for a byte.
package main

import (
	"runtime/interrupt"
	"runtime/volatile"
	"sync/atomic"
	"unsafe"
)

const text = "sent by interrupt"

var sent atomic.Int32

func register(offset uintptr) *volatile.Register32 {
	return (*volatile.Register32)(unsafe.Pointer(base + offset))
}

func register8(offset uintptr) *volatile.Register8 {
	return (*volatile.Register8)(unsafe.Pointer(base + offset))
}

// onRoom sends the next byte.
func onRoom(i interrupt.Interrupt) {
	acknowledge()
	n := sent.Load()
	if int(n) == len(text) {
		quiet()
		i.Disable()
		return
	}
	send(text[n])
	sent.Store(n + 1)
}

func main() {
	irq := interrupt.New(number, onRoom)
	irq.Enable()
	begin()
	for irq.IsEnabled() {
	}
	println("bytes:", sent.Load())
}
