//go:build mote

package runtime

import "internal/strconv"

// stackDepth bounds the calls in the text of a stack, as Go does.
const stackDepth = 100

// Stack writes the calls in progress in the calling goroutine into buf, and with all behind them those of the others, as far as
// they fit, and returns how many bytes it wrote.
//
//go:noinline
func Stack(buf []byte, all bool) int {
	text := appendStack(nil, getg().id, "running", 1, running(getpc(), getsp()))
	if all {
		text = appendOthers(text)
	}
	return copy(buf, text)
}

func appendOthers(text []byte) []byte {
	lockSched()
	stopWorld()
	for gp := allgs; gp != nil; gp = gp.allNext {
		if gp == getg() || gp.flags&taskSystem != 0 || gp.status == taskDead {
			continue
		}
		state := "runnable"
		if gp.status == taskWaiting {
			state = waitTexts[gp.reason]
		}
		text = appendStack(append(text, '\n'), gp.id, state, 0, waiting(gp))
	}
	startWorld()
	unlockSched()
	return text
}

// appendStack writes the calls of one goroutine.
func appendStack(text []byte, id uint32, state string, skip int, at callStart) []byte {
	text = strconv.AppendUint(append(text, "goroutine "...), uint64(id), 10)
	text = append(append(append(text, " ["...), state...), "]:\n"...)
	var pcs [stackDepth]uintptr
	n := callers(skip, pcs[:], at)
	for _, pc := range pcs[:n] {
		text = appendCall(text, pc)
	}
	return text
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
