// A cooperative yield between goroutines whose guards have different sizes, there and back: the depth of the second has no bound.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var stacks [2][4096]byte

func main() {
	done := make(chan bool)
	rtos.Go(rtos.Task{Name: "first", Priority: 3, Stack: stacks[0][:]}, func() {
		mark.Start()
		for range 64 {
			rtos.Yield()
			mark.Stop()
			mark.Start()
		}
		done <- true
	})
	rtos.Go(rtos.Task{Name: "second", Priority: 3, Stack: stacks[1][:]}, func() {
		defer func() { done <- true }()
		for range 64 {
			mark.Stop()
			mark.Start()
			rtos.Yield()
		}
	})
	<-done
	<-done
}
