//go:build mps2_an385 || mps2_an386 || mps2_an505 || mps2_an521

package main

// flash: what the program is loaded into on these boards is memory that can be written.
const flash = 0
