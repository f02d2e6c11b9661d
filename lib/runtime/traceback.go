//go:build mote

package runtime

import "unsafe"

// traceWords bounds a trace: return addresses printed per goroutine.
const traceWords = 256

// printaddress prints an address with eight digits.
func printaddress(v uintptr) {
	var digits [10]byte
	digits[0], digits[1] = '0', 'x'
	for i := len(digits) - 1; i > 1; i-- {
		digits[i] = "0123456789abcdef"[v&15]
		v >>= 4
	}
	write(2, noescape(unsafe.Pointer(&digits)), int32(len(digits)))
}

// printfield prints one named address of a report.
func printfield(name string, v uintptr) {
	printstring(name)
	printaddress(v)
}

// codeHalf is the half-word of code at addr.
//
// Safety: the caller keeps addr inside the text section and even.
func codeHalf(addr uintptr) *uint16 { return (*uint16)(unsafe.Pointer(addr)) }

// inText reports whether w may be a return address into the program.
func inText(w uintptr) bool {
	return w >= addressOf(&textStart)+6 && w <= addressOf(&textEnd)
}

// tracestack prints the frames of a stack as numbers for the host to resolve: pc and sp, then each word from sp up to hi that
// is a plausible return address (doc/spec/abi.md, "Goroutine trace").
//
// Safety: [sp, hi) is inside a stack, so every aligned word there is readable.
func tracestack(pc, sp, hi uintptr) {
	printframe("\tpc=", pc, sp)
	found := 0
	for p := sp &^ 3; p < hi && found < traceWords; p += 4 {
		if w := *(*uintptr)(unsafe.Pointer(p)); inText(w) && isReturnAddress(w) {
			printframe("\tra=", w, p)
			found++
		}
	}
}

func printframe(name string, pc, sp uintptr) {
	printfield(name, pc)
	printfield(" sp=", sp)
	printnl()
}

// tracebackRunning prints the trace of the current goroutine from pc and sp on, as Go heads it.
func tracebackRunning(pc, sp uintptr) {
	printstring("\ngoroutine ")
	printuint(uint64(curg.id))
	printstring(" [running]:\n")
	if hi := curg.stackHi; sp >= curg.stackLo && sp < hi {
		tracestack(pc, sp, hi)
		return
	}
	printframe("\tpc=", pc, sp)
}
