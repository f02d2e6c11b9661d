//go:build riscv32

package main

const (
	deepest  = 30 // the guard is looked at when the task leaves the processor
	thumbBit = 0
	nowhere  = 0xa0000000
)

var (
	unaligned []uint16 // the processor reads it
	undefined = []uint16{0, 0}
	divide    []uint16 // has a result
)

func trapDivision() {}
