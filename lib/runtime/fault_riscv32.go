//go:build mote && riscv32

package runtime

// trapFrame is a goroutine's registers as the trap vectors save them (asm/riscv_*.S): x[0] is the program counter.
type trapFrame struct {
	x [32]uintptr
}

// Registers by their names in the ABI.
const (
	xPC = 0
	xRA = 1
	xSP = 2
	xT0 = 5
	xA0 = 10
)

// faultNames are the exceptions by mcause (RISC-V privileged specification, table 14), under the names that Cortex-M has
// for them; others are reported by number.
const (
	faultNames   = "MemManage BusFault  UsageFaultUsageFaultMemManage BusFault  MemManage BusFault  "
	faultNameLen = 10
)

// fault reports an exception that nobody handles and ends the program (doc/spec/abi.md, "Goroutine trace").
// The trap vectors call it on the trap stack. It returns the frame to go on with for a contained goroutine.
//
//mote:root
func fault(frame *trapFrame, cause uintptr) *trapFrame {
	resume := containFault
	contained := resume != nil && handlerException() == 0 && frame.x[xSP]-getg().stackLo < getg().stackHi-getg().stackLo && containable()
	startdying()
	printstring("fatal error: ")
	switch {
	case getg().hitguard(0, 0, frame.x[xSP]):
		printstring("stack overflow")
	case cause < uintptr(len(faultNames)/faultNameLen):
		printnamed(faultNames, cause, faultNameLen)
	default:
		printstring("unexpected trap ")
		printaddress(cause)
	}
	printfield("\n[fault kind=", cause)
	printfield(" addr=", trapValue())
	printfield(" pc=", frame.x[xPC])
	printfield(" lr=", frame.x[xRA])
	printfield(" sp=", frame.x[xSP])
	printstring("]\n[regs")
	printfield(" a0=", frame.x[xA0])
	printfield(" a1=", frame.x[xA0+1])
	printfield(" a2=", frame.x[xA0+2])
	printfield(" a3=", frame.x[xA0+3])
	printfield(" t0=", frame.x[xT0])
	printstring("]\n")
	noteFault()
	tracebackRunning(frame.x[xPC], frame.x[xSP])
	if contained {
		return resume()
	}
	exit(exitPanic)
	return nil
}
