//go:build thumb && !armv6m

package main

import (
	"runtime/volatile"
	"unsafe"
)

const (
	deepest  = 1 << 30
	thumbBit = 1
	nowhere  = 0xa0000000 // external device space, where no board has any
)

var (
	unaligned = []uint16{0x2101, 0xc90c, 0x4770}         // movs r1, #1; ldm r1!, {r2, r3}; bx lr
	undefined = []uint16{0xde00, 0xde00}                 // udf
	divide    = []uint16{0x2100, 0xfb90, 0xf0f1, 0x4770} // movs r1, #0; sdiv r0, r0, r1; bx lr
)

// trapDivision makes divisions of the hardware by zero a fault: CCR.DIV_0_TRP.
func trapDivision() {
	(*volatile.Register32)(unsafe.Pointer(uintptr(0xe000ed14))).SetBits(1 << 4)
}
