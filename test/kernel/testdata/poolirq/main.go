// A pool is used by the program and by the handler of a timer, whose period has no common measure with the program's loop: so it interrupts
// between any two instructions.
package main

import (
	"runtime/interrupt"
	"runtime/volatile"
	"unsafe"

	"mote/mem"
)

const (
	base    = 0x40000000 // TIMER0 (CMSDK APB timer, Arm DDI 0479)
	number  = 8
	wanted  = 2000
	handler = 1 << 31
)

var (
	backing [3]mem.Block[uint32]
	blocks  mem.Pool[uint32]
	held    *uint32 // by the handler
	count   uint32
	spoiled uint32
)

// onTimer takes a block, and gives it back next time.
func onTimer(interrupt.Interrupt) {
	register(12).Set(1)
	volatile.StoreUint32(&count, count+1)
	if held == nil {
		if held = blocks.Get(); held != nil {
			*held = handler
		}
		return
	}
	if *held != handler {
		spoiled++
	}
	blocks.Put(held)
	held = nil
}

func main() {
	blocks.Init(backing[:])
	irq := interrupt.New(number, onTimer)
	irq.Enable()
	register(8).Set(7 - 1) // 280 instructions
	register(0).Set(1<<3 | 1)
	for i := uint32(0); volatile.LoadUint32(&count) < wanted; i++ {
		a, b := blocks.Get(), blocks.Get()
		if a == nil || b == nil || a == b {
			spoiled++
			break
		}
		*a, *b = i, ^i
		if volatile.LoadUint32(a) != i || volatile.LoadUint32(b) != ^i {
			spoiled++
		}
		blocks.Put(b)
		blocks.Put(a)
	}
	register(0).Set(0)
	if held != nil {
		blocks.Put(held)
	}
	println(spoiled, blocks.Free())
}

// Safety: a register of the timer.
func register(offset uintptr) *volatile.Register32 {
	return (*volatile.Register32)(unsafe.Pointer(base + offset))
}
