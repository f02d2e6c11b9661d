// Command vector changes handlers while it runs.
package main

import (
	"errors"
	"runtime/interrupt"

	"mote/rtos"
)

var calls int

func second() {
	calls += 10
	println("second", interrupt.In())
}

func main() {
	irq := interrupt.New(8, func(interrupt.Interrupt) { calls++ })
	other := interrupt.New(9, func(interrupt.Interrupt) { calls += 100 })
	irq.Enable()
	other.Enable()
	irq.Pend()
	other.Pend()
	println(calls)
	if err := rtos.SetVector(8, second); err != nil {
		println(err.Error(), errors.Is(err, errors.ErrUnsupported))
		return
	}
	irq.Pend()
	other.Pend()
	println(calls)
	if err := rtos.SetVector(8, func() { println("third") }); err != nil {
		println(err.Error())
	}
	irq.Pend()
	other.Pend()
	for _, num := range []int{-1, 1000} {
		println(rtos.SetVector(num, second) == rtos.ErrVectorRange)
	}
	println(calls)
}
