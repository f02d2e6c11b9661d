//go:build mps2_an385 || mps2_an386 || mps2_an505 || mps2_an521

package main

import (
	"runtime/interrupt"
	"runtime/volatile"
	"unsafe"
)

// TIMER0 of the Cortex-M system design kit: control, value, reload, interrupt.
func register(offset uintptr) *volatile.Register32 {
	return (*volatile.Register32)(unsafe.Pointer(timerBase + offset))
}

// onTimer requests one of the other interrupts at a random time, and sets the next one.
func onTimer(i interrupt.Interrupt) {
	register(12).Set(1)
	kick()
	register(8).Set(1000 + random()%20_000)
}

func startTimer() {
	irq := interrupt.New(timerIRQ, onTimer)
	irq.Enable()
	register(8).Set(5000)
	register(4).Set(5000)
	register(0).Set(1<<3 | 1) // interrupt, enable
}

func stopTimer() { register(0).Set(0) }
