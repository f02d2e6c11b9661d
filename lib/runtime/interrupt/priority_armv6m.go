//go:build mote && thumb && armv6m

package interrupt

import "unsafe"

// SetPriority sets the priority; see the package comment. The registers can only be accessed as words here (Armv6-M ARM B3.4.7),
// so interrupts are off between load and store.
func (i Interrupt) SetPriority(priority uint8) {
	shift := uint(i.num) % 4 * 8
	state := Disable()
	store32(i.priorities(), load32(i.priorities())&^(0xff<<shift)|uint32(priority)<<shift)
	Restore(state)
}

// Priority is what the processor kept of the priority: its implemented bits.
func (i Interrupt) Priority() uint8 {
	return uint8(load32(i.priorities()) >> (uint(i.num) % 4 * 8))
}

// priorities is the register with the priority in one of its bytes.
//
// Safety: the number is one of the target's.
func (i Interrupt) priorities() *uint32 {
	return (*uint32)(unsafe.Pointer(regIPR + uintptr(i.num)/4*4))
}
