// Thread-Metric, interrupt preemption: an interrupt's handler resumes a task that preempts the interrupted one. An iteration is an
// interrupt.
package main

import (
	"runtime/interrupt"

	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var (
	stack    [1024]byte
	resume   rtos.Semaphore
	handled  uint32
	counters [2]uint32
)

func handle(interrupt.Interrupt) {
	handled++
	resume.Give()
}

func main() {
	irq := interrupt.New(31, handle)
	irq.Enable()
	rtos.Go(rtos.Task{Name: "thread", Priority: 5, Stack: stack[:]}, func() {
		for {
			resume.Take()
			counters[1]++
		}
	})
	for n := range 401 {
		if n == 1 {
			mark.Start()
		}
		irq.Pend()
		counters[0]++
	}
	mark.Stop()
	println(counters[0] == handled && counters[1] == handled)
}
