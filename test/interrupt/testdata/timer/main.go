// Command timer counts interrupts of a hardware timer.
package main

import (
	"runtime/interrupt"
	"runtime/volatile"
	"sync/atomic"
)

// wanted is how often the timer is to interrupt.
const wanted = 5

var ticks atomic.Int32

func onTimer(i interrupt.Interrupt) {
	acknowledge()
	if ticks.Add(1) == wanted {
		i.Disable()
	}
}

// register is a register of the timer.
func register(offset uintptr) *volatile.Register32 { return registerAt(base + offset) }

func main() {
	irq := interrupt.New(number, onTimer)
	irq.Enable()
	start()
	for ticks.Load() < wanted {
	}
	println("ticks:", ticks.Load(), "enabled:", irq.IsEnabled())
	stop()
}
