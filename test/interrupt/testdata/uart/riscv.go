//go:build riscv_virt

package main

// A 16550 with byte registers: the interrupt comes while there is room.
const (
	base   = 0x10000000
	number = 10
)

func begin() { register8(1).Set(2) }

func send(b byte) { register8(0).Set(b) }

func acknowledge() { register8(2).Get() }

func quiet() { register8(1).Set(0) }
