//go:build riscv32

package main

const (
	thumbBit = 0
	nowhere  = 0xa0000000
	flash    = 0x1000 // ROM of the reset
)

var (
	undefined = []uint16{0, 0}
	divide    []uint16 // has a result
)

// has: any even address is one of code, and the processor reads what is not aligned.
func has(kind string) bool { return kind == "flash" && romFaults }

func trapDivision() {}
