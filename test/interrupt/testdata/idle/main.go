// Command idle waits for a hardware timer while no goroutine can run.
package main

import (
	"runtime/interrupt"
	"runtime/volatile"

	"mote/rtos"
)

var ticked rtos.Semaphore

func onTimer(i interrupt.Interrupt) {
	acknowledge()
	ticked.Give()
}

// register is a register of the timer.
func register(offset uintptr) *volatile.Register32 { return registerAt(base + offset) }

func main() {
	irq := interrupt.New(number, onTimer)
	irq.Enable()
	start()
	for i := range 3 {
		ticked.Take()
		println("tick", i)
		next()
	}
	stop()
	irq.Disable()
	println("done")
}
