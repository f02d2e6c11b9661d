//go:build mps2_an385 || mps2_an386 || mps2_an505

package main

// TIMER0 of the Cortex-M system design kit rings, TIMER1 runs freely.

const counterMask = 1<<32 - 1

// Registers of a timer: control, value, reload, interrupt.
const (
	control = 0
	value   = 4
	reload  = 8
	clear   = 12
)

func begin() {
	register(timer1 + reload).Set(1<<32 - 1)
	register(timer1 + value).Set(1<<32 - 1)
	register(timer1 + control).Set(1)
}

func counter() uint32 { return -register(timer1 + value).Get() }

func ring(clocks uint32) {
	register(timer0 + reload).Set(clocks)
	register(timer0 + value).Set(clocks)
	register(timer0 + control).Set(1<<3 | 1) // interrupt, enable
}

func silence() {
	register(timer0 + control).Set(0)
	register(timer0 + clear).Set(1)
}
