//go:build microbit

package main

// TIMER0 of the nRF51.
const (
	base   = 0x40008000
	number = 8
)

func start() {
	register(0x510).Set(4)       // prescaler: 1 MHz
	register(0x508).Set(0)       // 16 bits
	register(0x540).Set(100)     // CC[0]
	register(0x200).Set(1)       // shorts: compare clears
	register(0x304).Set(1 << 16) // INTENSET: compare 0
	register(0x000).Set(1)
}

func stop() { register(0x004).Set(1) }

func acknowledge() { register(0x140).Set(0) }

// next does nothing: the timer goes on by itself.
func next() {}
