// A channel send that wakes a receiver of higher priority: from the send to the receiver's next statement.
package main

import (
	"mote/rtos"
	"mote/test/kernel/testdata/mark"
)

var (
	stack [1024]byte
	ch    = make(chan uint32)
	sum   uint32
)

func main() {
	rtos.Go(rtos.Task{Name: "receiver", Priority: 5, Stack: stack[:]}, func() {
		for {
			v := <-ch
			mark.Stop()
			sum += v
		}
	})
	for i := range uint32(64) {
		mark.Start()
		ch <- i
	}
	println(sum)
}
