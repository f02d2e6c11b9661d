//go:build thumb && !armv6m

package main

import (
	"runtime/volatile"
	"unsafe"
)

const (
	thumbBit = 1
	nowhere  = 0xa0000000 // external device space, where no board has any
	flash    = 0x00000000
)

var (
	undefined = []uint16{0xde00, 0xde00}                 // udf
	divide    = []uint16{0x2100, 0xfb90, 0xf0f1, 0x4770} // movs r1, #0; sdiv r0, r0, r1; bx lr
)

func has(kind string) bool { return kind != "flash" || romFaults }

// trapDivision makes divisions of the hardware by zero a fault: CCR.DIV_0_TRP.
func trapDivision() {
	(*volatile.Register32)(unsafe.Pointer(uintptr(0xe000ed14))).SetBits(1 << 4)
}
