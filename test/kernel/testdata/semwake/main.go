// A give to a semaphore that wakes a taker of higher priority: from the give to the taker's next statement.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var (
	stack [1024]byte
	sem   rtos.Semaphore
	taken uint32
)

func main() {
	rtos.Go(rtos.Task{Name: "taker", Priority: 5, Stack: stack[:]}, func() {
		for {
			sem.Take()
			mark.Stop()
			taken++
		}
	})
	for range 64 {
		mark.Start()
		sem.Give()
	}
	println(taken)
}
