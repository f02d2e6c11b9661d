// Command deadlock leaves goroutines on both cores waiting for ever.
package main

import "mote/rtos"

func main() {
	c := make(chan int)
	for core := range rtos.NumCores() {
		rtos.Go(rtos.Task{Name: "waiter", Cores: rtos.OnCore(core)}, func() { <-c })
	}
	select {}
}
