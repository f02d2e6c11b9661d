//go:build mote

// Package entropy would measure the jitter of a processor for FIPS 140 mode. Microcontrollers run in step with their clock, so
// there is none to measure, and std's package takes 32 MB of memory for the attempt. FIPS mode cannot be turned on.
package entropy

import "errors"

// Version is the version of the module that this stands for.
func Version() string { return "v1.0.0" }

// ScratchBuffer is the memory to measure with.
type ScratchBuffer [1]byte

// Seed always fails.
func Seed(memory *ScratchBuffer) ([48]byte, error) {
	return [48]byte{}, errors.ErrUnsupported
}
