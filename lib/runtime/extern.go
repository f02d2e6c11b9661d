//go:build mote

package runtime

import (
	"internal/runtime/sys"
	"internal/strconv"
)

// Frame is one call in a list of calls.
type Frame struct {
	PC       uintptr // address of the call instruction
	Func     *Func   // nil: the device has no symbol table
	Function string  // empty when unknown
	File     string
	Line     int
	Entry    uintptr // address of the function; 0 when unknown
}

// Frames turns the program counters that [Callers] gave into frames.
type Frames struct {
	callers []uintptr
}

// CallersFrames takes a list of program counters as Callers returns it.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next frame and whether there are more. The names are empty: the host resolves addresses,
// so that no table of names needs flash.
func (f *Frames) Next() (frame Frame, more bool) {
	if len(f.callers) == 0 {
		return Frame{}, false
	}
	pc := f.callers[0]
	f.callers = f.callers[1:]
	return Frame{PC: pc}, len(f.callers) > 0
}

// Caller would report file and line of a caller. The device does not know them: ok is false.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) { return 0, "", 0, false }

// Callers fills pcs with return addresses of calling functions. Only the caller's own is known on the device:
// the host finds the others with the debug information.
//
//go:noinline
func Callers(skip int, pcs []uintptr) int {
	if len(pcs) == 0 {
		return 0
	}
	pcs[0] = sys.GetCallerPC()
	return 1
}

// Func is a function of the program.
type Func struct {
	entry uintptr
}

// FuncForPC returns the function that contains pc: nil, as the device has no symbol table.
func FuncForPC(pc uintptr) *Func { return nil }

// Name is the name of f; empty for nil.
func (f *Func) Name() string { return "" }

// Entry is the address of f; 0 for nil.
func (f *Func) Entry() uintptr {
	if f == nil {
		return 0
	}
	return f.entry
}

// FileLine is where pc is in the source.
func (f *Func) FileLine(pc uintptr) (file string, line int) { return "?", 0 }

// Stack writes the heading of the calling goroutine's trace into buf. The calls themselves are only known to the host.
func Stack(buf []byte, all bool) int {
	text := append(make([]byte, 0, 32), "goroutine "...)
	text = strconv.AppendUint(text, uint64(curg.id), 10)
	text = append(text, " [running]:\n"...)
	return copy(buf, text)
}
