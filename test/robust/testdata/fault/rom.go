//go:build !mps2_an385 && !mps2_an386 && !mps2_an505 && !mps2_an521

package main

// flash is an address in read-only memory.
const flash = romBase + 0x40
