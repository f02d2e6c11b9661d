//go:build mote && thumb

package interrupt

import "unsafe"

// Registers of the nested vectored interrupt controller, one bit or byte an interrupt (Armv7-M ARM B3.4).
const (
	regISER = 0xe000e100 // set enable
	regICER = 0xe000e180 // clear enable
	regISPR = 0xe000e200 // set pending
	regICPR = 0xe000e280 // clear pending
	regIPR  = 0xe000e400 // priority
)

// Enable lets the interrupt run its handler. ISR-safe, never allocates, as are all methods.
func (i Interrupt) Enable() { i.write(regISER) }

// Disable keeps the interrupt from running its handler; when it returns, the handler does not run and will not.
// Requests that arrive meanwhile stay pending.
func (i Interrupt) Disable() {
	i.write(regICER)
	synchronize()
}

// IsEnabled reports whether the interrupt is enabled.
func (i Interrupt) IsEnabled() bool { return i.read(regISER) }

// Pend requests the interrupt as its device would. If it is enabled and urgent enough, the handler has run when Pend returns.
func (i Interrupt) Pend() {
	i.write(regISPR)
	synchronize()
}

// ClearPending withdraws a request. A device that keeps its line asserted requests again.
func (i Interrupt) ClearPending() {
	i.write(regICPR)
	synchronize()
}

// IsPending reports whether the handler is due to run.
func (i Interrupt) IsPending() bool { return i.read(regISPR) }

// register is the word that has the interrupt's bit, in the bank of registers at base.
//
// Safety: the compiler has checked that the number is one of the target's, so the word is a register of the controller.
func (i Interrupt) register(base uintptr) *uint32 {
	return (*uint32)(unsafe.Pointer(base + uintptr(i.num)/32*4))
}

// write writes a one to the interrupt's bit. Zeroes mean nothing to these registers.
func (i Interrupt) write(base uintptr) {
	was := toCore()
	store32(i.register(base), 1<<(uint(i.num)%32))
	fromCore(was)
}

func (i Interrupt) read(base uintptr) bool {
	was := toCore()
	word := load32(i.register(base))
	fromCore(was)
	return word>>(uint(i.num)%32)&1 != 0
}
