package main

import (
	"runtime/interrupt"
	"sync/atomic"
)

// first is the first of the interrupts that are used; boards have no devices there that request them.
const first = 16

var (
	irqs    [6]interrupt.Interrupt
	handled atomic.Uint32
)

// kick requests an interrupt.
func kick() { irqs[random()%uint32(len(irqs))].Pend() }

// handle is what all handlers do. Those of different priorities interrupt each other, so each end of a lane belongs to one number.
func handle(i interrupt.Interrupt) {
	handled.Add(1)
	switch i.Number() - first {
	case 0:
		give(0)
		up64.trySend()
	case 1:
		give(1)
		up4.trySend()
	case 2:
		raise(random() % 2)
		up16.trySend()
	case 3:
		down4.tryRecv()
	case 4:
		down16.tryRecv()
		give(random() % 2)
	case 5:
		down64.tryRecv()
		raise(random() % 2)
	}
	if !stop.Load() && random()%4 == 0 {
		kick()
	}
}

func startHandlers() {
	a := interrupt.New(first, handle)
	a.SetPriority(0x40)
	b := interrupt.New(first+1, handle)
	b.SetPriority(0x80)
	c := interrupt.New(first+2, handle)
	c.SetPriority(0xc0)
	d := interrupt.New(first+3, handle)
	d.SetPriority(0x80)
	e := interrupt.New(first+4, handle)
	e.SetPriority(0x40)
	f := interrupt.New(first+5, handle)
	f.SetPriority(0xc0)
	irqs = [...]interrupt.Interrupt{a, b, c, d, e, f}
	for _, irq := range irqs {
		irq.Enable()
	}
	startTimer()
}

func stopHandlers() {
	stopTimer()
	for _, irq := range irqs {
		irq.Disable()
	}
}
