//go:build mote && thumb && !armv6m

package interrupt

import (
	"runtime/volatile"
	"unsafe"
)

// SetPriority sets the priority; see the package comment. The compiler refuses a constant below Ceiling when the handler
// calls the kernel.
//
// Safety: the number is one of the target's, so the byte is its priority register.
func (i Interrupt) SetPriority(priority uint8) {
	was := toCore()
	volatile.StoreUint8((*uint8)(unsafe.Pointer(regIPR+uintptr(i.num))), priority)
	fromCore(was)
}

// Priority is what the processor kept of the priority: its implemented bits.
//
// Safety: as for SetPriority.
func (i Interrupt) Priority() uint8 {
	was := toCore()
	priority := volatile.LoadUint8((*uint8)(unsafe.Pointer(regIPR + uintptr(i.num))))
	fromCore(was)
	return priority
}
