//go:build mote && thumb

package runtime

// Instructions of Cortex-M that Go cannot express.
//
// Safety: each template is one or two instructions whose effect is what its comment says.

// getsp is the stack pointer.
//
//mote:inline "mov $0, sp" "=r"
func getsp() uintptr

// getpc is the address of the code that calls it.
//
//mote:inline "mov $0, pc" "=r"
func getpc() uintptr

// clearScratch overwrites the scratch registers that few instructions use, which would keep what they point to alive in a goroutine that
// waits from now on.
//
//mote:inline "mov r3, sp\n\tmov r12, sp" "~{r3},~{r12}"
func clearScratch()

// mmioLoad reads a device register.
//
//mote:inline "ldr $0, [$1]" "=r,r,~{memory}"
func mmioLoad(addr uintptr) uint32

// mmioStore writes a device register.
//
//mote:inline "str $1, [$0]" "r,r,~{memory}"
func mmioStore(addr uintptr, v uint32)

// mmioStoreSync writes a device register and waits until its effect is there.
//
//mote:inline "str $1, [$0]\n\tdsb\n\tisb" "r,r,~{memory}"
func mmioStoreSync(addr uintptr, v uint32)

// synchronize waits until writes are done; what became pending by them is taken before the next instruction.
//
//mote:inline "dsb\n\tisb" "~{memory}"
func synchronize()

// interruptsOff sets PRIMASK.
//
//mote:inline "cpsid i" "~{memory}"
func interruptsOff()

// interruptsOn clears PRIMASK.
//
//mote:inline "cpsie i" "~{memory}"
func interruptsOn()

// waitForInterrupt sleeps until an interrupt arrives.
//
//mote:inline "wfi" "~{memory}"
func waitForInterrupt()

// codeBit is set in addresses of code: bit 0 selects Thumb.
const codeBit = 1

const (
	regICSR  = 0xe000ed04 // interrupt control and state
	regCFSR  = 0xe000ed28 // configurable fault status (not on v6-M)
	regHFSR  = 0xe000ed2c
	regMMFAR = 0xe000ed34
	regBFAR  = 0xe000ed38

	icsrPendSV  = 1 << 28
	icsrPendTck = 1 << 26 // SysTick is pending
)

// requestSwitch makes PendSV pending; in a goroutine it is taken before the next instruction.
func requestSwitch() { mmioStoreSync(regICSR, icsrPendSV) }

// isReturnAddress reports whether w is odd, in the text and follows BL, BLX register.
//
// Safety: the caller has checked that w-5 is inside the text section, which is readable.
func isReturnAddress(w uintptr) bool {
	if w&1 == 0 {
		return false
	}
	short := *codeHalf(w - 3)
	if short&0xff87 == 0x4780 { // BLX register
		return true
	}
	return short&0xd000 == 0xd000 && *codeHalf(w - 5)&0xf800 == 0xf000 // BL
}
