//go:build mote && riscv32

package interrupt

import (
	"runtime/volatile"
	"unsafe"
)

// Registers of the platform-level interrupt controller where SiFive's chips and QEMU's virt have it, for hart 0 in machine mode.
const (
	regPriority = 0x0c000000 // a word each
	regPending  = 0x0c001000 // a bit each
	regEnable   = 0x0c002000 // a bit each
	regSoftware = 0x02000000 // msip, in the core-local interruptor
)

// levels is the greatest priority that the controller has; there 0 is never and greater is more urgent.
const levels = 7

// Enable lets the interrupt run its handler. ISR-safe, never allocates, as are all methods.
func (i Interrupt) Enable() {
	enable()
	state := Disable()
	i.set(enabled(i.word()), true)
	i.set(register(regEnable+4*uintptr(i.word())), true)
	i.announce()
	Restore(state)
}

// Disable keeps the interrupt from running its handler; when it returns, the handler does not run and will not.
// Requests that arrive meanwhile stay pending.
func (i Interrupt) Disable() {
	state := Disable()
	i.set(enabled(i.word()), false)
	i.set(register(regEnable+4*uintptr(i.word())), false)
	Restore(state)
}

// IsEnabled reports whether the interrupt is enabled.
func (i Interrupt) IsEnabled() bool { return i.has(enabled(i.word())) }

// Pend requests the interrupt as its device would. The controller has no means for that, so it is the core's software interrupt that
// runs the handler; if interrupts are on and this one is enabled, it has when Pend returns.
func (i Interrupt) Pend() {
	state := Disable()
	i.set(requested(i.word()), true)
	i.announce()
	Restore(state)
}

// announce has the core look for requests of the program.
func (i Interrupt) announce() {
	if i.has(requested(i.word())) && i.IsEnabled() {
		volatile.StoreUint32(register(regSoftware), 1)
	}
}

// ClearPending withdraws a request of Pend; only a device itself can withdraw its own.
func (i Interrupt) ClearPending() {
	state := Disable()
	i.set(requested(i.word()), false)
	Restore(state)
}

// IsPending reports whether the handler is due to run.
func (i Interrupt) IsPending() bool {
	return i.has(requested(i.word())) || i.has(register(regPending+4*uintptr(i.word())))
}

// SetPriority sets the priority; see the package comment. Of interrupts that are due at once the most urgent one runs first; handlers do not
// interrupt each other.
func (i Interrupt) SetPriority(priority uint8) {
	volatile.StoreUint32(register(regPriority+4*uintptr(i.num)), max(levels-uint32(priority)>>5, 1))
}

// Priority is what the controller kept of the priority.
func (i Interrupt) Priority() uint8 {
	return uint8((levels - volatile.LoadUint32(register(regPriority+4*uintptr(i.num)))) << 5)
}

func (i Interrupt) word() int { return i.num / 32 }

func (i Interrupt) has(word *uint32) bool {
	return volatile.LoadUint32(word)>>(uint(i.num)%32)&1 != 0
}

// set changes the interrupt's bit. Interrupts are off.
func (i Interrupt) set(word *uint32, on bool) {
	v := volatile.LoadUint32(word) &^ (1 << (uint(i.num) % 32))
	if on {
		v |= 1 << (uint(i.num) % 32)
	}
	volatile.StoreUint32(word, v)
}

// register is the device register at addr.
//
// Safety: the callers make addresses from the constants above and numbers that the compiler has checked.
func register(addr uintptr) *uint32 { return (*uint32)(unsafe.Pointer(addr)) }

// In package runtime, which has the trap handler.

func enable()
func requested(word int) *uint32
func enabled(word int) *uint32

// In reports whether the code that calls it runs in a handler.
func In() bool

// Disable keeps all interrupts from running until Restore is called with what it returns. It nests. ISR-safe, never allocates.
func Disable() State { return State(maskInterrupts() & mstatusMIE) }

// Restore undoes the Disable that returned state.
func Restore(state State) { restoreInterrupts(uintptr(state)) }

const mstatusMIE = 8

// maskInterrupts clears mstatus.MIE and returns the register as it was.
//
// Safety: one instruction.
//
//mote:inline "csrrci $0, mstatus, 8" "=r,~{memory}"
func maskInterrupts() uintptr

// restoreInterrupts sets the bits of v in mstatus.
//
// Safety: one instruction; v is 0 or MIE.
//
//mote:inline "csrs mstatus, $0" "r,~{memory}"
func restoreInterrupts(v uintptr)
