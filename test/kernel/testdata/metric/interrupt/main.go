// Thread-Metric, interrupt processing: a task makes an interrupt whose handler gives a semaphore that the task then takes. An
// iteration is an interrupt.
package main

import (
	"runtime/interrupt"

	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var (
	sem     rtos.Semaphore
	handled uint32
	counter uint32
)

func handle(interrupt.Interrupt) {
	handled++
	sem.Give()
}

func main() {
	irq := interrupt.New(31, handle)
	irq.Enable()
	for n := range 401 {
		if n == 1 {
			mark.Start()
		}
		irq.Pend()
		sem.Take()
		counter++
	}
	mark.Stop()
	println(counter == handled)
}
