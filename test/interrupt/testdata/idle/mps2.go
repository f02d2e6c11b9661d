//go:build mps2_an385 || mps2_an386

package main

const (
	base   = 0x40000000
	number = 8
)
