//go:build mote

package runtime

import "unsafe"

// traceWords bounds a trace: return addresses printed per goroutine.
const traceWords = 256

// printaddress prints an address with eight digits.
//
// Safety: i stays below 10, the size of the buffer; a checked index would link the panic machinery.
func printaddress(v uintptr) {
	var digits [10]byte
	p := noescape(unsafe.Pointer(&digits))
	*(*byte)(p) = '0'
	*(*byte)(unsafe.Add(p, 1)) = 'x'
	for i := 9; i > 1; i-- {
		digit := byte(v & 15)
		if digit > 9 {
			digit += 'a' - '0' - 10
		}
		*(*byte)(unsafe.Add(p, i)) = '0' + digit
		v >>= 4
	}
	write(2, p, int32(len(digits)))
}

// printnamed prints the name at index i of a table of blank-padded names of equal length.
//
// Safety: the caller keeps i inside the table; a checked slice would link the panic machinery.
func printnamed(table string, i, length uintptr) {
	name := unsafe.Add(unsafe.Pointer(unsafe.StringData(table)), i*length)
	for length > 0 && *(*byte)(unsafe.Add(name, length-1)) == ' ' {
		length--
	}
	write(2, name, int32(length))
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

// tracebackRunning prints the trace of the current goroutine from pc and sp on, as Go heads it, after that of the handler that interrupted it.
func tracebackRunning(pc, sp uintptr) {
	tracebackHandler(&pc, &sp)
	printstring("\ngoroutine ")
	printgoroutine(getg())
	printstring(" [running]:\n")
	if hi := getg().stackHi; sp >= getg().stackLo && sp < hi {
		tracestack(pc, sp, hi)
	} else {
		printframe("\tpc=", pc, sp)
	}
	if others := traceOthers; others != nil {
		others()
	}
}

// traceOthers prints the traces of the goroutines that do not run; nil in programs that do not ask for them.
var traceOthers func()

// tracebackOthers prints them, the oldest first. Nothing switches any more.
func tracebackOthers() {
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp != getg() && gp.flags&taskSystem == 0 && (gp.status == taskWaiting || gp.status == taskReady) {
			tracebackWaiting(gp)
		}
	}
}
