// Command pend requests interrupts by software and looks at what their handlers and masks do.
package main

import (
	"runtime/interrupt"
	"sync/atomic"
)

var count atomic.Int32

func counting(i interrupt.Interrupt) {
	count.Add(1)
	println("handler of", i.Number(), "in a handler:", interrupt.In())
}

// button has a method for a handler.
type button struct{ presses, number int }

func (b *button) pressed(i interrupt.Interrupt) {
	b.presses++
	b.number = i.Number()
}

var left button

// board has buttons inside.
var board struct {
	name    string
	buttons [3]button
}

// early has its handler before main begins.
var early = interrupt.New(5, func(interrupt.Interrupt) { println("early") })

func main() {
	irq := interrupt.New(8, counting)
	println(irq.Number(), irq.Priority() == interrupt.DefaultPriority, irq.IsEnabled(), irq.IsPending(), interrupt.In())

	irq.Pend()
	println("not enabled:", count.Load(), irq.IsPending())
	irq.Enable()
	wait(1)
	println("enabled:", count.Load(), irq.IsEnabled(), irq.IsPending())
	irq.Pend()
	wait(2)

	state := interrupt.Disable()
	inner := interrupt.Disable()
	irq.Pend()
	interrupt.Restore(inner)
	println("masked:", count.Load(), irq.IsPending())
	interrupt.Restore(state)
	wait(3)
	println("restored:", count.Load(), irq.IsPending())

	irq.Disable()
	irq.Pend()
	irq.ClearPending()
	irq.Enable()
	println("cleared:", count.Load(), irq.IsPending())

	method := interrupt.New(7, left.pressed)
	method.Enable()
	for range 3 {
		method.Pend()
	}
	println("method:", left.presses, left.number)
	inside := interrupt.New(6, board.buttons[2].pressed)
	inside.Enable()
	inside.Pend()
	println("inside:", board.buttons[1].presses, board.buttons[2].presses, board.buttons[2].number, len(board.name))
	early.Enable()
	early.Pend()
	irq.SetPriority(0x40)
	println("priority:", irq.Priority())
}

// wait gives an interrupt that has been requested the few instructions that it may need.
func wait(n int32) {
	for range 1000 {
		if count.Load() == n {
			return
		}
	}
	println("handler number", n, "has not run")
}
