//go:build mote

package runtime

// Frame is one call in a list of calls.
type Frame struct {
	PC       uintptr // inside the call instruction
	Func     *Func   // nil when the function is inlined
	Function string  // empty when unknown
	File     string
	Line     int
	Entry    uintptr // address of the function that has the code; 0 when unknown
}

// Frames turns the program counters that [Callers] gave into frames.
type Frames struct {
	callers []uintptr
}

// CallersFrames takes a list of program counters as Callers returns it.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next frame and whether there are more. Program counters outside of all functions are left out.
func (f *Frames) Next() (frame Frame, more bool) {
	var l located
	for len(f.callers) > 0 {
		pc := f.callers[0] - 1
		f.callers = f.callers[1:]
		if !locate(pc, &l) {
			continue
		}
		frame = Frame{PC: pc, Function: l.function(), File: l.sourceFile(), Line: l.sourceLine(), Entry: l.entryPoint()}
		if !l.inlined() {
			frame.Func = &Func{pc}
		}
		return frame, len(f.callers) > 0
	}
	return Frame{}, false
}

// Caller reports file and line of a call in progress: with skip 0 the one of Caller, with 1 the one of the function
// that has it, and so on. ok is false when there are not that many.
//
//go:noinline
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if callers(skip+1, pcs[:], running(getpc(), getsp())) == 0 {
		return 0, "", 0, false
	}
	var l located
	if !locate(pcs[0]-1, &l) {
		return 0, "", 0, false
	}
	return pcs[0] - 1, l.sourceFile(), l.sourceLine(), true
}

// Callers fills pcs with return addresses of the calls in progress and returns how many there are. With skip 0 the first is in
// Callers itself, with 1 in its caller. [CallersFrames] names them.
//
//go:noinline
func Callers(skip int, pcs []uintptr) int { return callers(skip, pcs, running(getpc(), getsp())) }

// Func is a function of the program.
type Func struct {
	pc uintptr // what it was asked for with
}

// FuncForPC returns the function that contains pc, the innermost where functions are inlined; nil when there is none.
func FuncForPC(pc uintptr) *Func {
	var l located
	if !locate(pc, &l) {
		return nil
	}
	return &Func{pc}
}

// Name is the name of f with its package path; empty for nil.
func (f *Func) Name() string {
	var l located
	if f == nil || !locate(f.pc, &l) {
		return ""
	}
	return l.function()
}

// Entry is the address of f; 0 for nil.
func (f *Func) Entry() uintptr {
	var l located
	if f == nil || !locate(f.pc, &l) {
		return 0
	}
	return l.entryPoint()
}

// FileLine is where pc, an address in f, is in the source. Positions are known of calls and of the function's beginning.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	var l located
	if !locate(pc, &l) {
		return "?", 0
	}
	return l.sourceFile(), l.sourceLine()
}
