// A semaphore is given and taken by the same task.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var sem rtos.Semaphore

func main() {
	for range 64 {
		mark.Start()
		sem.Give()
		sem.Take()
		mark.Stop()
	}
	println(sem.Count())
}
