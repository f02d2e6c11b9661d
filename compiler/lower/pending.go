package lower

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"mote/compiler/llvm"
)

type (
	phi        struct{}
	debugState struct{}
	debugScope struct{}
	constPool  struct{}
)

func (m *module) startDebug()            {}
func (m *module) finishDebug()           {}
func (f *function) startScope()          {}
func (f *function) locate(pos token.Pos) {}
func (f *function) makePhi(p *ssa.Phi)   {}
func (l *lowerer) lowerInittasks()       {}

func (l *lowerer) noinline(fn *ssa.Function) bool { return false }
func noReturn(fn *ssa.Function) bool              { return false }

func (m *module) zeros(n int64) llvm.Value { return llvm.Value{} }

// constant returns a constant of any type.
func (f *function) constant(c *ssa.Const) llvm.Value { return llvm.Value{} }

func (f *function) lowerBinOp(i *ssa.BinOp)                             { todo("") }
func (f *function) lowerChangeType(i *ssa.ChangeType)                   { todo("") }
func (f *function) lowerConvert(i *ssa.Convert)                         { todo("") }
func (f *function) lowerExtract(i *ssa.Extract)                         { todo("") }
func (f *function) lowerField(i *ssa.Field)                             { todo("") }
func (f *function) lowerIf(i *ssa.If)                                   { todo("") }
func (f *function) lowerIndex(i *ssa.Index)                             { todo("") }
func (f *function) lowerIndexAddr(i *ssa.IndexAddr)                     { todo("") }
func (f *function) lowerJump(i *ssa.Jump)                               { todo("") }
func (f *function) lowerMakeSlice(i *ssa.MakeSlice)                     { todo("") }
func (f *function) lowerPhi(i *ssa.Phi)                                 { todo("") }
func (f *function) lowerReturn(i *ssa.Return)                           { todo("") }
func (f *function) lowerSlice(i *ssa.Slice)                             { todo("") }
func (f *function) lowerSliceToArrayPointer(i *ssa.SliceToArrayPointer) { todo("") }
func (f *function) lowerNegate(i *ssa.UnOp)                             { todo("") }
func (f *function) lowerComplement(i *ssa.UnOp)                         { todo("") }
