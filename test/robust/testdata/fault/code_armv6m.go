//go:build armv6m

package main

const (
	thumbBit = 1
	nowhere  = 0xa0000000
	flash    = 0x00000000
)

var (
	undefined = []uint16{0xde00, 0xde00} // udf
	divide    []uint16                   // no such instruction
)

func has(kind string) bool { return kind != "flash" || romFaults }

func trapDivision() {}
