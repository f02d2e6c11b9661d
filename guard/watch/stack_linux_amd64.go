package watch

import "golang.org/x/sys/unix"

// position takes program counter and frame pointer; the return address of a leaf is always on the stack.
func position(r *unix.PtraceRegs) (pc, fp, link uint64) { return r.Rip, r.Rbp, 0 }
