//go:build mote

package runtime

import "unsafe"

// KeepAlive keeps the object that x points to alive, and its finalizer waiting, up to this call.
func KeepAlive(x any) { use(efaceOf(&x).Data) }

// use needs p in a register at this point of the program. It is no instruction.
//
// Safety: empty assembly; without an operand LLVM would find x dead before the call.
//
//mote:inline "" "r,~{memory}"
func use(p unsafe.Pointer)
