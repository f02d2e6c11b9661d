// Command channel has a handler that sends on a channel when there is room.
package main

import "runtime/interrupt"

var ch = make(chan int, 4)

func onPend(i interrupt.Interrupt) {
	select {
	case ch <- i.Number():
	default:
	}
	println("sent", len(ch))
}

func main() {
	irq := interrupt.New(8, onPend)
	irq.SetPriority(0x40)
	irq.Enable()
	done := make(chan bool)
	go func() {
		for v := range ch {
			println("got", v)
			if v == 8 {
				done <- true
			}
		}
	}()
	irq.Pend()
	<-done
	irq.Pend()
	println("again")
	<-done
}
