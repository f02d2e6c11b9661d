//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// What reports say about interrupt handlers. Programs without handlers have none of it: the compiler drops the calls of functions
// with //mote:with then.

// interruptinstalled is called by interrupt.New, for which the functions with //mote:with are.
//
// Safety: body-less function there with the same signature.
//
//go:linkname interruptinstalled runtime/interrupt.installed
func interruptinstalled() { kern.handlers = true }

// faultedIn is the exception in whose handler a fault happened; 0 for a goroutine, or when there was no fault.
var faultedIn uintptr

// panickingHandler is set once a handler has panicked: the program is about to end.
var panickingHandler bool

// panicInHandler ends the program when a handler panics: the deferred calls that a panic runs are those of the interrupted goroutine,
// too, and there is no way back into that one from here.
//
//mote:with runtime/interrupt.installed
func panicInHandler(e any) {
	if handlerException() == 0 {
		return
	}
	if panickingHandler {
		throw("panic while printing panic value")
	}
	panickingHandler = true
	fatalpanic(&panicState{arg: e})
}

// tracebackHandler prints the trace of the handler in which the program fails, if it does in one, and makes pc and sp those of the goroutine
// that it interrupted.
//
//mote:with runtime/interrupt.installed
func tracebackHandler(pc, sp *uintptr) {
	exception := faultedIn
	if exception == 0 {
		exception = handlerException()
	}
	if exception == 0 || *sp < addressOf(&handlerStackBottom) || *sp >= addressOf(&handlerStackTop) {
		return
	}
	printstring("\n")
	printexception(exception)
	printstring(" [running]:\n")
	tracestack(*pc, *sp, addressOf(&handlerStackTop))
	*pc, *sp = interruptedContext()
}
