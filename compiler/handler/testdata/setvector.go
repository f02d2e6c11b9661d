package main

import "mote/rtos"

var n int

func fine() { n++ }

func allocating() {
	println(len(make([]int, n))) // ERROR the handler of an interrupt allocates: the slice is on the heap: size is not constant
}

func blocked() {
	select {} // ERROR the handler of interrupt 7.* waits
}

func set(irq int) {
	h := fine
	if irq > 2 {
		h = nil
	}
	rtos.SetVector(irq, fine)
	rtos.SetVector(irq, allocating)
	rtos.SetVector(7, blocked)
	rtos.SetVector(3, h)                // ERROR the handler in a call of rtos.SetVector is a value that the compiler does not know
	rtos.SetVector(3, func() { irq++ }) // ERROR the handler in a call of rtos.SetVector captures irq
	rtos.SetVector(300, fine)           // ERROR interrupt 300 is out of range
	rtos.SetVector(7, func() { n *= n })
}

func main() { set(n) }
