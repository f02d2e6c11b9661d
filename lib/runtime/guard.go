//go:build mote

package runtime

// The guard is the lowest part of a goroutine's stack, which it must not touch: guard_mpu.go, guard_limit.go and guard_canary.go are the ways
// to notice. It begins at g.stackLo, aligned to its size, which is a power of two.

// guardBytes is the size of a guard, from log2 of it. The mask tells LLVM that the shift needs no comparison.
func guardBytes(guard uint8) uintptr { return 1 << (guard & 31) }

// block is the address of the heap's block that the stack of gp is in. Not for those that the program gave or the linker has laid out.
//
//mote:unchecked
func (gp *g) block() uintptr { return gp.stackLo - uintptr(gp.slack)*8 }
