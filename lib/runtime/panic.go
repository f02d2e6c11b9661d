//go:build mote

package runtime

import "unsafe"

// Defer, panic and recover. Compiled functions link a deferFrame while they have deferred calls and can be resumed at
// their landing label; nothing is unwound otherwise. doc/spec/abi.md, "Defer, panic, recover", is the contract.

// deferFrame is in the frame of each function that defers.
type deferFrame struct {
	link *deferFrame // of the innermost caller that defers; g.frame is the top
	head *deferRecord
	sp   uintptr // where to resume after a recovery ...
	pc   uintptr // ... 0 when no deferred call of this function can recover
}

// deferRecord is a deferred call: a closure object with the captured function and arguments after it.
type deferRecord struct {
	code unsafe.Pointer // func(tok *unsafe.Pointer), the record being its context
	link *deferRecord   // deferred before this one
}

// panicState is a panic or Goexit under way; it lives in the frame of gopanic or Goexit.
type panicState struct {
	link      *panicState // what was under way when this began
	arg       any
	frame     *deferFrame // whose deferred call runs now
	recovered bool        // a deferred call has recovered it; takes effect when that call returns
	aborted   bool        // a later panic took over the frame that this one was running
	goexit    bool
	repeated  bool // carries the same value as the next one; printed once

	recoverfn unsafe.Pointer // the deferred function that is being called and may recover, until it has begun
}

// deferenter links f, the frame of a function that just began. A call of it tells the analysis of stack depths that a function
// has deferred calls (compiler/stack/known.go), so it must stay one.
//
//go:noinline
//mote:unchecked
func deferenter(f *deferFrame) {
	f.link = getg().frame
	f.head = nil
	f.pc = 0
	getg().frame = f
}

// deferpush adds a deferred call to f.
//
//mote:unchecked
func deferpush(f *deferFrame, rec *deferRecord) {
	rec.link = f.head
	f.head = rec
}

// deferreturn runs the deferred calls of f, the last one first, and unlinks it. The function returns after that.
//
//mote:unchecked
func deferreturn(f *deferFrame) {
	var unused unsafe.Pointer
	for rec := f.head; rec != nil; rec = f.head {
		f.head = rec.link
		callDeferred(rec, (*unsafe.Pointer)(noescape(unsafe.Pointer(&unused))))
	}
	getg().frame = f.link
}

// callDeferred calls a deferred record; tok receives the address of the function that may recover.
//
// Safety: a record begins with its code and is passed as the context, which is what a func value is.
func callDeferred(rec *deferRecord, tok *unsafe.Pointer) {
	fn := *(*func(*unsafe.Pointer))(unsafe.Pointer(&rec))
	fn(tok)
}

// gopanic runs the deferred calls of the goroutine from the innermost frame on. The first that recovers ends it: the
// function that deferred that call returns to its caller. Without one the program ends.
//
// compiler/stack/known.go has the rule that a goroutine of bounded depth calls leaveStack alone.
//
//go:noinline
func gopanic(e any) {
	panicInHandler(e)
	if leave := leaveBounded; leave != nil && getg().flags&taskBounded != 0 {
		leave(e, getpc(), getsp())
	}
	if e == nil {
		e = new(PanicNilError)
	}
	var state panicState
	p := (*panicState)(noescape(unsafe.Pointer(&state)))
	p.arg = e
	p.link = getg().panics
	getg().panics = p
	unwind(p)
	fatalpanic(p)
}

// unwind runs the deferred calls of all frames for p. It returns when none is left, and never when one recovered p.
//
//mote:unchecked
func unwind(p *panicState) {
	gp := getg()
	for f := gp.frame; f != nil; f = gp.frame {
		p.enter(f)
		for rec := f.head; rec != nil; rec = f.head {
			f.head = rec.link
			callDeferred(rec, &p.recoverfn)
			p.recoverfn = nil
			if p.recovered {
				resume(p, f)
			}
		}
		gp.frame = f.link
	}
}

// enter notes that p now runs the deferred calls of f. Whoever was running them will not come back to it.
//
//mote:unchecked
func (p *panicState) enter(f *deferFrame) {
	p.frame = f
	for older := p.link; older != nil; older = older.link {
		if older.frame == f {
			older.aborted = true
		}
	}
}

// resume ends p, recovered by a deferred call of f, together with the panics that it took over, and continues where f's
// function returns. A Goexit that was taken over goes on instead: nothing recovers from it.
//
//mote:unchecked
func resume(p *panicState, f *deferFrame) {
	gp := getg()
	goexit := false
	next := p.link
	for next != nil && next.aborted {
		goexit = goexit || next.goexit
		next = next.link
	}
	gp.panics = next
	if goexit {
		continueGoexit()
	}
	if f.pc == 0 {
		throw("recovery in a function that cannot be resumed")
	}
	gorecoverjump(f, f.sp, f.pc)
}

// gorecoverjump resumes at the landing label of frame's function.
//
// Safety: in asm/*_call.S; sp and pc were stored at the entry of a function that has not returned.
//
//mote:asm
//mote:unchecked
func gorecoverjump(frame *deferFrame, sp, pc uintptr)

// recovertoken reports whether self, the function that calls it at its entry, was called as a deferred function by a panic.
//
//mote:unchecked
func recovertoken(self unsafe.Pointer) bool {
	p := getg().panics
	if p == nil || p.recoverfn != self {
		return false
	}
	p.recoverfn = nil
	return true
}

// recoverforward hands the right to recover from a wrapper to the function that it is about to call.
//
//mote:unchecked
func recoverforward(wrapper, callee unsafe.Pointer) {
	if p := getg().panics; p != nil && p.recoverfn == wrapper {
		p.recoverfn = callee
	}
}

// gorecover is recover() in a function whose recovertoken was tok.
func gorecover(tok bool) any {
	p := getg().panics
	if !tok || p == nil || p.goexit || p.recovered {
		return nil
	}
	p.recovered = true
	return p.arg
}

// deferrecover is what a deferred call of recover itself does: "defer recover()" recovers as its function would, but only when
// that function returns (deferreturn), not when it panics. granted is the function's recovertoken, tok the record's argument.
func deferrecover(granted bool, tok *unsafe.Pointer) {
	if p := getg().panics; p == nil || tok != &p.recoverfn {
		gorecover(granted)
	}
}

// continueGoexit is Goexit, set by the first Goexit: a program that only panics does not link the scheduler for it.
var continueGoexit func()

// Goexit ends the goroutine that calls it, after all deferred calls. Other goroutines go on; when the goroutine of main
// calls it, the program continues until all others have ended, and then stops as deadlocked.
//
//go:noinline
func Goexit() {
	var state panicState
	p := (*panicState)(noescape(unsafe.Pointer(&state)))
	continueGoexit = Goexit
	p.goexit = true
	p.link = getg().panics
	getg().panics = p
	unwind(p)
	goexit0()
}
