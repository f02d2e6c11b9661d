package watch

import "golang.org/x/sys/unix"

// position takes program counter and frame pointer, and the link register, which has the return address of a leaf.
func position(r *unix.PtraceRegs) (pc, fp, link uint64) { return r.Pc, r.Regs[29], r.Regs[30] }
