// As creatego, with rtos.Go.
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
			rtos.Go(rtos.Task{Name: "worker", Priority: 1}, work)
			mark.Stop()
		}
		for range tasks {
			done.Take()
		}
	}
}
