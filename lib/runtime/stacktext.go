//go:build mote

package runtime

import "internal/strconv"

// stackDepth bounds the calls in the text of a stack, as Go does.
const stackDepth = 100

// Stack writes the calls in progress in the calling goroutine into buf, as far as they fit, and returns how many bytes it wrote. Other
// goroutines, which all asks for, are only listed with their numbers: where they wait is in the kernel.
//
//go:noinline
func Stack(buf []byte, all bool) int {
	var pcs [stackDepth]uintptr
	n := callers(1, pcs[:], getpc(), getsp())
	text := appendHeading(nil, curg.id, "running")
	for _, pc := range pcs[:n] {
		text = appendCall(text, pc)
	}
	if all {
		lockSched()
		for gp := allgs; gp != nil; gp = gp.allNext {
			if gp != curg && gp.flags&taskSystem == 0 {
				text = appendHeading(append(text, '\n'), gp.id, "waiting")
			}
		}
		unlockSched()
	}
	return copy(buf, text)
}

func appendHeading(text []byte, id uint32, state string) []byte {
	text = strconv.AppendUint(append(text, "goroutine "...), uint64(id), 10)
	return append(append(append(text, " ["...), state...), "]:\n"...)
}

// appendCall writes a call as Go does, without arguments, which are not known. The runtime's own functions are left out.
func appendCall(text []byte, ra uintptr) []byte {
	var l located
	if !locate(ra-1, &l) {
		return text
	}
	name := l.function()
	switch {
	case name == "runtime.gopanic":
		text = append(text, "panic(...)"...)
	case name == "main.main":
		text = append(text, "main.main()"...)
	case isInternal(name):
		return text
	default:
		text = append(append(text, name...), "(...)"...)
	}
	text = append(append(text, "\n\t"...), l.sourceFile()...)
	text = strconv.AppendUint(append(text, ':'), uint64(l.sourceLine()), 10)
	if !l.inlined() {
		real, _ := decodePC(ra)
		text = strconv.AppendUint(append(text, " +0x"...), uint64(real-l.low), 16)
	}
	return append(text, '\n')
}

// isInternal tells whether a function belongs to the runtime and not to what it exports.
func isInternal(name string) bool {
	const prefix = "runtime."
	if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
		return false
	}
	first := name[len(prefix)]
	return first < 'A' || first > 'Z'
}
