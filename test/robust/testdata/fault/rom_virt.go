//go:build riscv32

package main

const romBase = 0x00001000
