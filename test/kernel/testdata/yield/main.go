// A cooperative yield: from the call in one task to the return from the call in the other.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var stacks [2][1024]byte

func main() {
	done := make(chan bool)
	rtos.Go(rtos.Task{Name: "first", Priority: 3, Stack: stacks[0][:]}, func() {
		for range 64 {
			mark.Start()
			rtos.Yield()
		}
		done <- true
	})
	rtos.Go(rtos.Task{Name: "second", Priority: 3, Stack: stacks[1][:]}, func() {
		for range 64 {
			rtos.Yield()
			mark.Stop()
		}
		done <- true
	})
	<-done
	<-done
}
