//go:build mote && thumb

package runtime

import "unsafe"

// contextWords are the words that asm/cortexm_switch.S saves below the exception frame of an integer-only context:
// the stack limit on v8-M, r4-r11, EXC_RETURN.
const contextWords = limitWords + 9

// excReturnThread resumes thread mode on PSP with a basic frame (Armv7-M ARM table B1-8).
const excReturnThread = 0xfffffffd

// psrThumb is the state of a goroutine that has not run: Thumb, no flags.
const psrThumb = 1 << 24

// newContext lays out, at the end of a new stack, what the switch restores to begin at entry with an empty frame.
//
// Safety: [lo, top) is an unused stack, top is 8-byte aligned, and there is room for 17 words and more.
func newContext(lo, top uintptr, entry uintptr) (sp uintptr) {
	frame := (*exceptionFrame)(unsafe.Pointer(top - unsafe.Sizeof(exceptionFrame{})))
	*frame = exceptionFrame{pc: entry, psr: psrThumb}
	saved := (*[contextWords]uintptr)(unsafe.Pointer(uintptr(unsafe.Pointer(frame)) - contextWords*4))
	*saved = [contextWords]uintptr{contextWords - 1: excReturnThread}
	if limitWords != 0 {
		saved[0] = lo
	}
	return uintptr(unsafe.Pointer(saved))
}

// savedContext is where a goroutine that does not run will continue: its pc and its sp there.
func savedContext(sp uintptr) (pc, at uintptr) {
	frame, size := savedFrame(sp)
	return frame.pc, uintptr(unsafe.Pointer(frame)) + size + frame.psr>>9&1*4
}

// savedLink is the return address register of a goroutine that does not run.
func savedLink(sp uintptr) uintptr {
	frame, _ := savedFrame(sp)
	return frame.lr
}

// savedFrame is what the exception that ended the running of a goroutine saved, with the size of all of it.
//
// Safety: sp was set by the switch or newContext, so the frames are as described there.
func savedFrame(sp uintptr) (frame *exceptionFrame, size uintptr) {
	excReturn := *(*uintptr)(unsafe.Pointer(sp + (contextWords-1)*4))
	at := sp + contextWords*4
	size = unsafe.Sizeof(exceptionFrame{})
	if excReturn&excReturnBasic == 0 {
		at += 16 * 4 // s16-s31
		size += 18 * 4
	}
	return (*exceptionFrame)(unsafe.Pointer(at)), size
}

// preempt requests a switch to what was made ready. Under mask.
func preempt() {
	if schedState.lock != 0 {
		schedState.pend = 1
	} else {
		mmioStore(regICSR, icsrPendSV)
	}
}

// leave ends the mask and the running of the goroutine, which is no longer the first in the ready queue.
func leave(m maskState) {
	mmioStore(regICSR, icsrPendSV)
	unmask(m)
	synchronize()
}

// unmaskSwitch ends a mask under which readyMasked may have been called. On these cores the switch then comes by itself.
func unmaskSwitch(m maskState) { unmask(m) }

// schedentry is the Go function that the context switch in assembly calls.
func schedentry(sp uintptr) uintptr { return schedswitch(sp) }
