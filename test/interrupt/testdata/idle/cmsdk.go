//go:build mps2_an385 || mps2_an386 || mps2_an505 || mps2_an521

package main

// TIMER0 of the Cortex-M system design kit: control, value, reload, interrupt.

func start() {
	register(8).Set(5000)
	register(4).Set(5000)
	register(0).Set(1<<3 | 1) // interrupt, enable
}

func stop() { register(0).Set(0) }

func acknowledge() { register(12).Set(1) }

// next does nothing: the timer goes on by itself.
func next() {}
