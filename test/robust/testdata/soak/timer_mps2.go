//go:build mps2_an385 || mps2_an386

package main

const (
	timerBase = 0x40000000
	timerIRQ  = 8
)
