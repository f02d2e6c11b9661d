// A task with a stack of its own is created, which is less urgent than the one that creates it.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

const tasks = 12

var (
	stacks [tasks][1024]byte
	done   rtos.Semaphore
)

func work() { done.Give() }

func main() {
	for i := range tasks {
		mark.Start()
		rtos.Go(rtos.Task{Name: "worker", Priority: 1, Stack: stacks[i][:]}, work)
		mark.Stop()
	}
	for range tasks {
		done.Take()
	}
}
