// Thread-Metric, synchronisation: a task takes and gives a semaphore. An iteration is a pair.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var (
	sem     rtos.Semaphore
	counter uint32
)

func main() {
	sem.Give()
	for n := range 401 {
		if n == 1 {
			mark.Start()
		}
		sem.Take()
		sem.Give()
		counter++
	}
	mark.Stop()
	println(counter)
}
