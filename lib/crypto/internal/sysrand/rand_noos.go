//go:build mote

package sysrand

import _ "unsafe" // for go:linkname

// entropy fills b from the runtime's entropy source.
//
// Safety: runtime.entropy has exactly this signature, does not keep b and is always present.
//
//go:linkname entropy runtime.entropy
func entropy(b []byte)

// read fills b with random bytes.
//
// The bytes are as good as the runtime's entropy source: a board with a true random number generator registers it
// there; without one (and under emulation) they come from a deterministic generator and must not protect anything.
func read(b []byte) error {
	entropy(b)
	return nil
}
