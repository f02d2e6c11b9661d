//go:build mote && multicore

package interrupt

import _ "unsafe" // for go:linkname in package runtime

// Every core has an interrupt controller of its own. Devices are core 0's: whoever changes something there goes to it first, which
// nobody can between Disable and Restore.

// coreState says which cores could run a goroutine before toCore.
type coreState = uint8

// toCore moves the running goroutine to core 0. Handlers of devices are there.
//
// Safety: lib/runtime/place_multi.go defines it under this name and with this signature.
func toCore() coreState

// fromCore undoes it, once what was written has taken effect.
func fromCore(was coreState) {
	synchronize()
	leaveCore(was)
}

func leaveCore(was coreState)
