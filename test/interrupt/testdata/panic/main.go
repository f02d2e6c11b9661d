// Command panic has a handler that panics. The goroutine that it interrupts would recover.
package main

import "runtime/interrupt"

var table = [4]int{1, 2, 3, 4}

func onPend(i interrupt.Interrupt) {
	defer func() { recover() }()
	println(table[i.Number()])
}

func main() {
	defer func() { println("recovered:", recover() != nil) }()
	irq := interrupt.New(8, onPend)
	irq.Enable()
	irq.Pend()
	println("goes on")
}
