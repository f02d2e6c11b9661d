// An interrupt whose handler gives a semaphore to a task of higher priority than the interrupted one: from the handler's first statement to
// the task's next one.
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
	mark.Start()
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
		irq.Pend()
	}
	println(taken)
}
