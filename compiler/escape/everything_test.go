package escape

import (
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/load"
	"mote/compiler/reach"
)

// everything is a stand-in for package reach: all functions of all packages with all that they mention.
func everything(p *load.Program) *reach.Result {
	r := &reach.Result{FuncSet: make(map[*ssa.Function]bool)}
	var visit func(fn *ssa.Function)
	visit = func(fn *ssa.Function) {
		if fn == nil || r.FuncSet[fn] || fn.Signature.TypeParams() != nil && len(fn.TypeArgs()) == 0 || fn.Signature.RecvTypeParams() != nil && len(fn.TypeArgs()) == 0 {
			return
		}
		r.FuncSet[fn] = true
		r.Funcs = append(r.Funcs, fn)
		for _, b := range fn.Blocks {
			for _, in := range b.Instrs {
				for _, op := range in.Operands(nil) {
					if callee, ok := (*op).(*ssa.Function); ok {
						visit(callee)
					}
				}
				if mi, ok := in.(*ssa.MakeInterface); ok {
					visitMethods(p, mi.X.Type(), visit)
				}
			}
		}
	}
	for _, pkg := range p.Packages {
		if pkg.SSA == nil {
			continue
		}
		for _, in := range pkg.Inits {
			visit(in.Fn)
		}
		for _, mem := range pkg.SSA.Members {
			switch mem := mem.(type) {
			case *ssa.Function:
				visit(mem)
			case *ssa.Type:
				if n, ok := mem.Type().(*types.Named); ok && n.TypeParams() == nil {
					visitMethods(p, n, visit)
					visitMethods(p, types.NewPointer(n), visit)
				}
			}
		}
	}
	sort.Slice(r.Funcs, func(i, j int) bool { return p.SymbolName(r.Funcs[i]) < p.SymbolName(r.Funcs[j]) })
	return r
}

func visitMethods(p *load.Program, t types.Type, visit func(*ssa.Function)) {
	if types.IsInterface(t) {
		return
	}
	set := p.SSA.MethodSets.MethodSet(t)
	for i := range set.Len() {
		visit(p.SSA.MethodValue(set.At(i)))
	}
}
