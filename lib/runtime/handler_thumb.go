//go:build mote && thumb

package runtime

import "unsafe"

// firstInterrupt is the number of the exception that interrupt 0 is.
const firstInterrupt = 16

// psrException is the part of a program status register that has the number of the exception.
const psrException = 0x1ff

// handlerException is the number of the exception whose handler runs, 0 in a goroutine.
//
//mote:inline "mrs $0, ipsr" "=r"
func handlerException() uintptr

// processStack is PSP.
//
//mote:inline "mrs $0, psp" "=r"
func processStack() uintptr

// noteFault remembers in which handler the fault with that frame happened.
//
//mote:with runtime/interrupt.installed
func noteFault(frame *exceptionFrame) { faultedIn = frame.psr & psrException }

// printexception names the handler of an exception.
func printexception(exception uintptr) {
	if exception >= firstInterrupt {
		printstring("interrupt ")
		exception -= firstInterrupt
	} else {
		printstring("exception ")
	}
	printuint(uint64(exception))
}

// interruptedContext is where the goroutine continues that the outermost handler interrupted. A frame with floating point state is
// longer; what is missing then are words of that state, in which the host finds no return address.
//
// Safety: PSP is used only when the frame lies on the goroutine's stack.
func interruptedContext() (pc, sp uintptr) {
	at := processStack()
	if !within(at, unsafe.Sizeof(exceptionFrame{}), getg().stackLo, getg().stackHi) {
		return 0, at
	}
	frame := (*exceptionFrame)(unsafe.Pointer(at))
	return frame.pc, at + unsafe.Sizeof(*frame) + frame.psr>>9&1*4
}
