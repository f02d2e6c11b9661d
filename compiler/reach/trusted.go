package reach

import (
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Trusted tells whether fn belongs to the runtime's own machinery. A nil pointer, an index out of range or a division by zero
// there is a defect of mote, not of the program: its checks trap (and are reported as a fault with a trace) instead of calling
// the panic routines, which would link half of the runtime into a program that only prints.
func Trusted(fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	if o := fn.Origin(); o != nil {
		fn = o
	}
	if fn.Pkg == nil {
		return false
	}
	path := fn.Pkg.Pkg.Path()
	return path == "runtime" || path == "internal/abi" || path == "internal/runtime/sys" || path == "internal/runtime/atomic" ||
		path == "internal/bytealg" || strings.HasPrefix(path, "internal/kernel/")
}

// checks tells whether a routine of package runtime only reports a failed check.
func checks(routine string) bool { return strings.HasPrefix(routine, "panic") }
