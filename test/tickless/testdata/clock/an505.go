//go:build mps2_an505

package main

const (
	timer0 = 0x50000000 // the secure aliases
	timer1 = 0x50001000
	number = 3
	hertz  = 20_000_000
)
