//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// Pinning keeps a goroutine on its processor, which is to say that no other one runs meanwhile.
//
// Safety: sync and sync/atomic declare these functions without bodies and with the same signatures.

//go:linkname sync_procPin sync.runtime_procPin
func sync_procPin() int {
	lockSched()
	return 0
}

//go:linkname sync_procUnpin sync.runtime_procUnpin
func sync_procUnpin() { unlockSched() }

//go:linkname atomic_procPin sync/atomic.runtime_procPin
func atomic_procPin() int {
	lockSched()
	return 0
}

//go:linkname atomic_procUnpin sync/atomic.runtime_procUnpin
func atomic_procUnpin() { unlockSched() }
