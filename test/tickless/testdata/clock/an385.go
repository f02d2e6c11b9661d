//go:build mps2_an385 || mps2_an386

package main

const (
	timer0 = 0x40000000
	timer1 = 0x40001000
	number = 8
	hertz  = 25_000_000
)
