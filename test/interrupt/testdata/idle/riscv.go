//go:build riscv_virt

package main

// The 16550 of QEMU's virt interrupts while there is room for a byte.
const (
	base   = 0x10000000
	number = 10
)

func start() { registerAt8(base + 1).Set(2) }

func stop() { registerAt8(base + 1).Set(0) }

// next sends a byte: the interrupt comes when it is gone.
func next() { registerAt8(base).Set('.') }

func acknowledge() { registerAt8(base + 2).Get() }
