//go:build mote && !mps2_an385

package main

// light has no LED to switch here.
func light(on bool) {}
