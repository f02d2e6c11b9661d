package load

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// maxFrame is how many bytes of variables and values gc lets a function have. What a board has is far less, but the sum of what
// a function declares is no measure for that: most of it is never in memory.
const maxFrame = 1 << 30

// checkFrames reports functions of the user that no machine could run.
func (l *loader) checkFrames() error {
	for _, u := range l.units {
		if !u.list.Standard {
			l.checkUnitFrames(u)
		}
	}
	return l.unitErrors()
}

func (l *loader) checkUnitFrames(u *unit) {
	for _, m := range u.pkg.SSA.Members {
		switch m := m.(type) {
		case *ssa.Function:
			l.checkFrame(u, m)
		case *ssa.Type:
			if named, ok := m.Type().(*types.Named); ok {
				for method := range named.Methods() {
					l.checkFrame(u, l.prog.SSA.FuncValue(method))
				}
			}
		}
	}
}

func (l *loader) checkFrame(u *unit, fn *ssa.Function) {
	if fn == nil || fn.TypeParams().Len() > 0 || !fn.Pos().IsValid() {
		return
	}
	locals, args := l.localSize(fn), l.tupleSize(fn.Signature.Params())+l.tupleSize(fn.Signature.Results())
	if recv := fn.Signature.Recv(); recv != nil {
		args += l.prog.Sizes.Sizeof(recv.Type())
	}
	if callee := l.calleeSize(fn); locals+args+callee >= maxFrame {
		u.report(l, fn.Pos(), "", "stack frame too large (>1GB): %d MB locals + %d MB args + %d MB callee", locals>>20, args>>20, callee>>20)
	}
	for _, inner := range fn.AnonFuncs {
		l.checkFrame(u, inner)
	}
}

// localSize adds up the arrays and structs that fn has as variables or as values.
func (l *loader) localSize(fn *ssa.Function) (size int64) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			v, ok := instr.(ssa.Value)
			if !ok {
				continue
			}
			t := v.Type()
			if alloc, ok := v.(*ssa.Alloc); ok {
				if alloc.Heap {
					continue
				}
				t = t.Underlying().(*types.Pointer).Elem()
			}
			switch t.Underlying().(type) {
			case *types.Array, *types.Struct:
				size += l.prog.Sizes.Sizeof(t)
			}
		}
	}
	return size
}

// calleeSize is the room for arguments that the largest call of fn takes.
func (l *loader) calleeSize(fn *ssa.Function) (size int64) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(ssa.CallInstruction); ok {
				size = max(size, l.tupleSize(call.Common().Signature().Params()))
			}
		}
	}
	return size
}

func (l *loader) tupleSize(tuple *types.Tuple) (size int64) {
	for v := range tuple.Variables() {
		size += l.prog.Sizes.Sizeof(v.Type())
	}
	return size
}
