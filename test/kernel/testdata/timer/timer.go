// Package timer makes the board's first timer (CMSDK APB timer, Arm DDI 0479) interrupt, and marks each entry of its handler.
package timer

import (
	"runtime/interrupt"
	"runtime/volatile"
	"unsafe"

	"mote/test/kernel/testdata/mark"
)

const (
	base    = 0x40000000
	control = base + 0x0
	reload  = base + 0x8
	clear   = base + 0xc
	irq     = 8
	enable  = 1<<0 | 1<<3 // counts, and interrupts
)

// Period is what a region lasts: clocks of the timer, which are 40 instructions each (25 MHz, one nanosecond an instruction).
const Period = 997

// passes is how many interrupts are measured.
const passes = 1000

var count uint32

func handle(interrupt.Interrupt) {
	mark.Stop()
	mark.Start()
	store(clear, 1)
	volatile.StoreUint32(&count, volatile.LoadUint32(&count)+1)
}

// Start begins.
func Start() {
	i := interrupt.New(irq, handle)
	i.Enable()
	store(reload, Period-1)
	store(control, enable)
}

// Done reports whether all is measured.
func Done() bool { return volatile.LoadUint32(&count) >= passes }

// Safety: a register of the timer.
func store(register uintptr, v uint32) { volatile.StoreUint32((*uint32)(unsafe.Pointer(register)), v) }
