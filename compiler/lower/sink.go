package lower

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// sinks are the user's variables that are stored to and never read. LLVM would remove them, with all that is computed for them and only
// for them; but benchmarks have such variables so that nothing is removed, and what they point to is to stay alive.
func sinks(in Input) map[*ssa.Global]bool {
	stored, read := map[*ssa.Global]bool{}, map[*ssa.Global]bool{}
	var buf [16]*ssa.Value
	for _, fn := range in.Reach.Funcs {
		if isStandard(in, fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				store, _ := instr.(*ssa.Store)
				for _, op := range instr.Operands(buf[:0]) {
					g, ok := (*op).(*ssa.Global)
					switch {
					case !ok:
					case store != nil && op == &store.Addr:
						stored[g] = true
					default:
						read[g] = true
					}
				}
			}
		}
	}
	for g := range read {
		delete(stored, g)
	}
	return stored
}

// isStandard tells whether fn is a function of the standard library or the port, which know what they do.
func isStandard(in Input, fn *ssa.Function) bool {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	if fn.Pkg == nil {
		return false
	}
	pkg := in.Program.ByTypes[fn.Pkg.Pkg]
	return pkg != nil && pkg.Standard
}

// keepStored makes LLVM believe that the variable at p is looked at, when addr is one that nobody reads.
func (f *function) keepStored(addr ssa.Value, p llvm.Value) {
	if g, ok := addr.(*ssa.Global); ok && f.l.sinks[g] {
		f.b.InlineAsm(llvm.Void, "", "r,~{memory}", []llvm.Value{p})
	}
}
