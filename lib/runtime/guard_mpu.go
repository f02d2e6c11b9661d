//go:build mote && thumb && !armv6m && !armv8m

package runtime

import "math/bits"

// On v7-M region 0 of the MPU lies over the guard of the running goroutine and allows nothing, not even to handlers (Armv7-M ARM B3.5). The
// context switch moves it. A goroutine whose depth the compiler knows has the smallest guard there is; in others a frame could reach
// over it, so theirs is larger, in proportion to the stack.

const (
	regMPUCtrl = 0xe000ed94
	regMPURBAR = 0xe000ed9c // and RASR behind it

	mpuEnable      = 1 << 0
	mpuPrivDefault = 1 << 2 // the default memory map applies where no region does

	rbarValid    = 1 << 4  // the region's number is in this word: 0
	rasrNoAccess = 1 << 28 // not to be executed either
	rasrEnable   = 1 << 0
)

// Sizes of guards, log2.
const (
	guardBounded = 5  // the least that the MPU can do
	guardLargest = 10 // frames are smaller: what is large is on the heap
)

// guardOf is log2 of the size of the guard of a stack of unknown depth.
func guardOf(stack uintptr) uint8 {
	return uint8(min(max(bits.Len32(uint32(stack/16))-1, guardBounded), guardLargest))
}

// guardstart turns the MPU on.
func guardstart() { mmioStoreSync(regMPUCtrl, mpuEnable|mpuPrivDefault) }

// guardstop turns it off: reports read everything.
func guardstop() { mmioStoreSync(regMPUCtrl, 0) }

// setguard prepares the guard of a new stack.
func (gp *g) setguard() {}

// watch makes the guard of gp the one that is watched.
//
//mote:unchecked
func (gp *g) watch() {
	mmioStore(regMPURBAR+4, 0)                                 // none, while base and size do not fit
	size := uint32(gp.guard)*2 + rasrNoAccess + rasrEnable - 2 // log2 less 1, from bit 1 on
	mmioStorePair(regMPURBAR, uint32(gp.stackLo)|rbarValid, size)
}

// checkguard looks at what the goroutine that is leaving the processor has done; here a fault would have told.
func (gp *g) checkguard(sp uintptr) {}

// hitguard reports whether a fault at addr, with this stack pointer at the interrupted goroutine, is an overflow of its stack.
func (gp *g) hitguard(cfsr, addr, sp uintptr) bool {
	return cfsr&cfsrMSTKERR != 0 || cfsr&cfsrMMARValid != 0 && addr >= gp.stackLo && addr < gp.stackEnd() || sp < gp.stackEnd()
}

// mmioStorePair writes two device registers that follow each other.
//
// Safety: as for mmioStore.
//
//mote:inline "strd $1, $2, [$0]" "r,r,r,~{memory}"
func mmioStorePair(addr uintptr, low, high uint32)
