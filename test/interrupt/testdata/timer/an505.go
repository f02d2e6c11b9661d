//go:build mps2_an505 || mps2_an521

package main

const (
	base   = 0x50000000 // the secure alias
	number = 3
)
