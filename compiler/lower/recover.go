package lower

import (
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// emitLanding stores where to resume after a recovery and branches to the Recover block when the runtime does so
// (doc/spec/abi.md, Defer, panic, recover). The assembly returns twice: with 0 now, with 1 on landing. It clobbers every
// register, so nothing lives in one across it, and the frame is found by SP alone.
func (f *function) emitLanding() {
	template, constraints := landingThumb, clobbers("r", 2, 12)+",~{lr},~{cc}"
	in, out := "{r1}", "={r0}"
	if f.l.Target.GOARCH == "riscv32" {
		template, in, out = landingRISCV, "{x11}", "={x10}"
		constraints = "~{x1}," + clobbers("x", 5, 9) + "," + clobbers("x", 12, 31) + ",~{x11}"
	} else {
		constraints += ",~{r1}"
		if f.l.Target.HardFloat {
			constraints += "," + clobbers("d", 0, 15)
		}
	}
	again := f.b.InlineAsm(llvm.I32, template, out+","+in+","+constraints+",~{memory}", []llvm.Value{f.defers.frame}, "returns_twice")
	landing, next := f.ir.NewBlock(), f.ir.NewBlock()
	f.b.CondBrUnlikely(f.b.ICmp("ne", again, llvm.ConstInt(llvm.I32, 0)), landing, next)
	f.b = landing
	f.runtimeCall("deferreturn", f.defers.frame)
	if f.fn.Recover != nil {
		f.b.Br(f.heads[f.fn.Recover.Index])
	} else {
		f.b.Unreachable()
	}
	f.b = next
}

// The label is word-aligned because Thumb-1's ADR reaches words only; bit 0 makes it a Thumb address.
const (
	landingThumb = "adr r0, 1f\nadds r0, #1\nstr r0, [r1, #12]\nmov r0, sp\nstr r0, [r1, #8]\nmovs r0, #0\n.p2align 2\n1:"
	landingRISCV = "lla a0, 1f\nsw a0, 12(a1)\nsw sp, 8(a1)\nli a0, 0\n1:"
)

// clobbers lists registers prefix+from to prefix+to.
func clobbers(prefix string, from, to int) string {
	var list []string
	for n := from; n <= to; n++ {
		list = append(list, "~{"+prefix+strconv.Itoa(n)+"}")
	}
	return strings.Join(list, ",")
}

// allocResults makes the variables that the Recover block reads before the landing, so that both paths have them. Their
// addresses escape into an empty piece of assembly: LLVM must then keep them in memory across every call that may panic.
func (f *function) allocResults() {
	if f.fn.Recover == nil {
		return
	}
	for _, instr := range f.fn.Recover.Instrs {
		for _, op := range instr.Operands(nil) {
			a, ok := (*op).(*ssa.Alloc)
			if !ok || f.values[a].IsValid() {
				continue
			}
			f.instr = a
			f.lowerAlloc(a)
			f.instr = nil
			f.b.InlineAsm(llvm.Void, "", "r,~{memory}", []llvm.Value{f.values[a]})
		}
	}
}
