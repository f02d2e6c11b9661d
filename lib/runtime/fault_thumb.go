//go:build mote && thumb

package runtime

import "unsafe"

// exceptionFrame is what a Cortex-M stacks on exception entry.
type exceptionFrame struct {
	r0, r1, r2, r3, r12, lr, pc, psr uintptr
}

// EXC_RETURN bits.
const (
	excReturnPSP   = 1 << 2 // the frame is on PSP: a goroutine was interrupted
	excReturnBasic = 1 << 4 // the frame has no floating point state
)

// faultNames are those of exceptions 2 to 7; others are reported by number.
const (
	faultNames   = "NMI        HardFault  MemManage  BusFault   UsageFault SecureFault"
	faultNameLen = 11
)

// fault reports an exception that nobody handles and ends the program (doc/spec/abi.md, "Goroutine trace"), or only the goroutine if that is
// contained: then it returns the frame with which that goes on, and the EXC_RETURN to end the handler with. Default_Handler calls it in
// handler mode with the interrupted context's frame.
//
//mote:root
func fault(frame *exceptionFrame, excReturn, exception uintptr) (psp *exceptionFrame, end uintptr) {
	guardstop()
	resume := containFault
	inSwitch := excReturn&excReturnPSP == 0 && frame.psr&psrException == exceptionPendSV
	contained := resume != nil && (inSwitch || excReturn&excReturnPSP != 0) && containable()
	startdying()
	cfsr, hfsr, addr := faultStatus()
	printstring("fatal error: ")
	switch {
	case excReturn&excReturnPSP != 0 && getg().hitguard(cfsr, addr, uintptr(unsafe.Pointer(frame))):
		printstring("stack overflow")
	case cfsr&cfsrMMARValid != 0 && getg().hitguard(cfsr&cfsrMMARValid, addr, getg().stackHi): // in the context switch
		printstring("stack overflow")
	case exception >= 2 && exception <= 7:
		printnamed(faultNames, exception-2, faultNameLen)
	default:
		printstring("unexpected exception ")
		printuint(uint64(exception))
	}
	printfield("\n[fault kind=", exception)
	printfield(" addr=", addr)
	reportFrame(frame, excReturn, cfsr, hfsr)
	if contained && inSwitch {
		return resume(frame), excReturn
	}
	if contained {
		return resume(nil), excReturnThread
	}
	exit(exitPanic)
	return nil, 0
}

// reportFrame prints the interrupted registers and the trace of the goroutine that was interrupted.
//
// Safety: frame is read only when it was saved and lies in RAM or on the goroutine's stack as a whole; a wild stack pointer is what some
// faults are about.
func reportFrame(frame *exceptionFrame, excReturn, cfsr, hfsr uintptr) {
	at := uintptr(unsafe.Pointer(frame))
	size := unsafe.Sizeof(*frame)
	if cfsr&(cfsrSTKOF|cfsrMSTKERR) != 0 || !within(at, size, addressOf(&ramStart), addressOf(&ramEnd)) && !within(at, size, getg().stackLo, getg().stackHi) {
		frame = &exceptionFrame{}
	}
	sp := at + size
	if excReturn&excReturnBasic == 0 {
		sp += 18 * 4 // s0-s15, FPSCR, a reserved word (Armv7-M ARM B1.5.7)
	}
	sp += frame.psr >> 9 & 1 * 4 // the entry aligned the stack
	printfield(" pc=", frame.pc)
	printfield(" lr=", frame.lr)
	printfield(" sp=", sp)
	printfield(" psr=", frame.psr)
	printfield(" exc_return=", excReturn)
	printfield(" cfsr=", cfsr)
	printfield(" hfsr=", hfsr)
	printfield("]\n[regs r0=", frame.r0)
	printfield(" r1=", frame.r1)
	printfield(" r2=", frame.r2)
	printfield(" r3=", frame.r3)
	printfield(" r12=", frame.r12)
	printstring("]\n")
	noteFault(frame)
	tracebackRunning(frame.pc, sp)
}

// within reports whether size bytes at addr lie in [lo, hi).
func within(addr, size, lo, hi uintptr) bool { return addr >= lo && addr <= hi-size }
