//go:build armv6m

package main

const (
	deepest  = 30 // the guard is looked at when the task leaves the processor
	thumbBit = 1
	nowhere  = 0xa0000000
)

var (
	unaligned = []uint16{0x2101, 0xc90c, 0x4770} // movs r1, #1; ldm r1!, {r2, r3}; bx lr
	undefined = []uint16{0xde00, 0xde00}         // udf
	divide    []uint16                           // no such instruction
)

func trapDivision() {}
