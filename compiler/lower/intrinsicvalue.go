package lower

import (
	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

// demandIntrinsic queues an intrinsic without a Go body whose address is taken: it then needs code to point at.
func (l *lowerer) demandIntrinsic(fn *ssa.Function) {
	if !l.queued[fn] && l.intrinsic(fn) != nil {
		l.queued[fn] = true
		l.queue = append(l.queue, fn)
	}
}

// lowerIntrinsic defines the function of an intrinsic: it does what stands in place of a call, and returns.
func (m *module) lowerIntrinsic(fn *ssa.Function) {
	l := m.l
	f := &function{l: l, m: m, fn: fn, sig: l.signature(fn.Signature), ir: m.ir.NewFunc(l.Program.SymbolName(fn), l.codeType(fn))}
	defer f.explainPanic()
	f.ir.Attrs = l.defAttrs(fn)
	f.b = f.ir.NewBlock()
	args := make([]llvm.Value, fn.Signature.Params().Len())
	for i := range args {
		args[i] = f.ir.Param(i)
	}
	f.emitReturn(l.intrinsic(fn)(f, fn.Signature, args))
}
