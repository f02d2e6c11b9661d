// A task on a stack that the linker has laid out is created by a go statement, and ends before the next one is: the first half of them are the first on
// their stacks, the others on those of goroutines that have ended.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

const (
	tasks  = 12
	rounds = 3
)

var done rtos.Semaphore

func work() { done.Give() }

func main() {
	for range rounds {
		for range tasks {
			mark.Start()
			go work()
			mark.Stop()
		}
		for range tasks {
			done.Take()
		}
	}
}
