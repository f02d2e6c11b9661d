//go:build mote && riscv32

package runtime

// Instructions of RV32 that Go cannot express.
//
// Safety: each template is one or two instructions whose effect is what its comment says.

// getsp is the stack pointer.
//
//mote:inline "mv $0, sp" "=r"
func getsp() uintptr

// getpc is the address of the code that calls it.
//
//mote:inline "auipc $0, 0" "=r"
func getpc() uintptr

// clearScratch overwrites the scratch registers that few instructions use, which would keep what they point to alive in a goroutine
// that waits from now on.
//
//mote:inline "li t3, 0\n\tli t4, 0\n\tli t5, 0\n\tli t6, 0" "~{x28},~{x29},~{x30},~{x31}"
func clearScratch()

// mmioLoad reads a device register.
//
//mote:inline "lw $0, 0($1)" "=r,r,~{memory}"
func mmioLoad(addr uintptr) uint32

// mmioStore writes a device register.
//
//mote:inline "sw $1, 0($0)" "r,r,~{memory}"
func mmioStore(addr uintptr, v uint32)

// waitForInterrupt sleeps until an interrupt is pending, even while interrupts are off.
//
//mote:inline "wfi" "~{memory}"
func waitForInterrupt()

// trapValue reads mtval, the address or instruction that the last exception was about.
//
//mote:inline "csrr $0, mtval" "=r"
func trapValue() uintptr

// codeBit is set in addresses of code: none here.
const codeBit = 0

// requestSwitch traps into the kernel. Only for goroutines: traps do not nest.
//
//mote:inline "ecall" "~{memory}"
func requestSwitch()

// isReturnAddress reports whether w follows JAL or JALR with link register ra, or their compressed forms.
//
// Safety: the caller has checked that w-5 is inside the text section, which is readable.
func isReturnAddress(w uintptr) bool {
	if w&1 != 0 {
		return false
	}
	short := *codeHalf(w - 2)
	if short&0xe003 == 0x2001 || short&0xf07f == 0x9002 && short&0x0f80 != 0 { // C.JAL, C.JALR
		return true
	}
	first := *codeHalf(w - 4)
	return first&0xfff == 0xef || first&0xfff == 0xe7 // JAL ra, JALR ra
}
