//go:build microbit

package main

// Of the nRF51, TIMER1 rings at 1 MHz and TIMER0 runs freely at 16 MHz.
const (
	timer0      = 0x40008000
	timer1      = 0x40009000
	number      = 9
	hertz       = 16_000_000
	counterMask = 1<<32 - 1
)

// Registers of a timer.
const (
	taskStart   = 0x000
	taskStop    = 0x004
	taskClear   = 0x00c
	taskCapture = 0x040
	compared    = 0x140
	enable      = 0x304
	bits        = 0x508
	prescaler   = 0x510
	compare     = 0x540
)

func begin() {
	register(timer0 + bits).Set(3) // 32
	register(timer0 + prescaler).Set(0)
	register(timer0 + taskStart).Set(1)
	register(timer1 + bits).Set(0) // 16
	register(timer1 + prescaler).Set(4)
	register(timer1 + enable).Set(1 << 16)
}

func counter() uint32 {
	register(timer0 + taskCapture).Set(1)
	return register(timer0 + compare).Get()
}

func ring(clocks uint32) {
	register(timer1 + taskClear).Set(1)
	register(timer1 + compare).Set(clocks / 16)
	register(timer1 + taskStart).Set(1)
}

func silence() {
	register(timer1 + taskStop).Set(1)
	register(timer1 + compared).Set(0)
}
