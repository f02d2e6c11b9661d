// Command wake has a handler that wakes goroutines of different priorities by everything that package rtos has for handlers.
package main

import (
	"runtime/interrupt"
	"time"

	"mote/rtos"
)

var (
	ready rtos.Semaphore
	flags rtos.Events
	nums  = make(chan int, 4)
	back  = make(chan int, 4)
	last  int64
)

func onPend(i interrupt.Interrupt) {
	if v, ok := rtos.TryRecv(back); ok {
		println("received", v)
	}
	last = rtos.Now()
	println("sent", rtos.TrySend(nums, i.Number()))
	ready.Give()
	flags.Set(6)
	ready.TryTake()
	ready.Give()
	_ = flags.Get()
	_ = ready.Count()
}

func main() {
	irq := interrupt.New(8, onPend)
	irq.Enable()
	rtos.Go(rtos.Task{Name: "high", Priority: 6}, func() {
		for {
			ready.Take()
			println("taken")
		}
	})
	rtos.Go(rtos.Task{Name: "flags", Priority: 5}, func() {
		for {
			v, err := flags.WaitAll(6, rtos.Forever)
			println("flags", v, err == nil)
			flags.Clear(6)
		}
	})
	rtos.Go(rtos.Task{Name: "nums", Priority: 4}, func() {
		for v := range nums {
			println("number", v)
			back <- v + 1
		}
	})
	time.Sleep(1)
	irq.Pend()
	println("next")
	irq.Pend()
	println("end")
}
