// Command floats computes with floating point numbers in a goroutine and in the handler that interrupts it.
package main

import (
	"runtime/interrupt"
)

var inHandler = 1.0

func onPend(interrupt.Interrupt) {
	x := inHandler
	for i := range 20 {
		x += 1 / float64(i+1)
		small = float32(x) * 3
	}
	inHandler = x
}

var small float32

func main() {
	irq := interrupt.New(4, onPend)
	irq.Enable()
	a, b := 1.5, float32(2.5)
	for i := range 100 {
		c := a * float64(i)
		d := b + float32(i)
		irq.Pend()
		a += c / 1000
		b += d / 1000
	}
	println(int(a*1000), int(b*1000), int(inHandler*1000), small > 0)
}
