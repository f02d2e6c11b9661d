// An interrupt whose handler gives a semaphore to a task of higher priority than the interrupted one: from the store that requests the interrupt,
// which the processor takes at once, to the task's statement behind Take. So all of the handler counts, and the store.
package main

import (
	"runtime/interrupt"

	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var (
	stack [1024]byte
	sem   rtos.Semaphore
	taken uint32
)

func handle(interrupt.Interrupt) {
	sem.Give()
}

func main() {
	irq := interrupt.New(31, handle)
	irq.Enable()
	rtos.Go(rtos.Task{Name: "taker", Priority: 5, Stack: stack[:]}, func() {
		for {
			sem.Take()
			mark.Stop()
			taken++
		}
	})
	for range 64 {
		mark.Start()
		irq.Pend()
	}
	println(taken)
}
