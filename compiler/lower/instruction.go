package lower

import (
	"go/token"

	"golang.org/x/tools/go/ssa"
)

// lowerInstruction dispatches on the kind of instruction. Each case is one call.
func (f *function) lowerInstruction(instr ssa.Instruction) {
	switch i := instr.(type) {
	case *ssa.Alloc:
		if _, early := f.values[i]; !early { // see allocResults
			f.lowerAlloc(i)
		}
	case *ssa.BinOp:
		f.lowerBinOp(i)
	case *ssa.Call:
		f.lowerCall(i)
	case *ssa.ChangeInterface:
		f.lowerChangeInterface(i)
	case *ssa.ChangeType:
		f.lowerChangeType(i)
	case *ssa.Convert:
		f.lowerConvert(i)
	case *ssa.DebugRef:
	case *ssa.Defer:
		f.lowerDefer(i)
	case *ssa.Extract:
		f.lowerExtract(i)
	case *ssa.Field:
		f.lowerField(i)
	case *ssa.FieldAddr:
		f.lowerFieldAddr(i)
	case *ssa.Go:
		f.lowerGo(i)
	case *ssa.If:
		f.lowerIf(i)
	case *ssa.Index:
		f.lowerIndex(i)
	case *ssa.IndexAddr:
		f.lowerIndexAddr(i)
	case *ssa.Jump:
		f.lowerJump(i)
	case *ssa.Lookup:
		f.lowerLookup(i)
	case *ssa.MakeChan:
		f.lowerMakeChan(i)
	case *ssa.MakeClosure:
		f.lowerMakeClosure(i)
	case *ssa.MakeInterface:
		f.lowerMakeInterface(i)
	case *ssa.MakeMap:
		f.lowerMakeMap(i)
	case *ssa.MakeSlice:
		f.lowerMakeSlice(i)
	case *ssa.MapUpdate:
		f.lowerMapUpdate(i)
	case *ssa.MultiConvert:
		internalError("generic conversion %v was not instantiated", i)
	case *ssa.Next:
		f.lowerNext(i)
	case *ssa.Panic:
		f.lowerPanic(i)
	case *ssa.Phi:
		f.lowerPhi(i)
	case *ssa.Range:
		f.lowerRange(i)
	case *ssa.Return:
		f.lowerReturn(i)
	case *ssa.RunDefers:
		f.lowerRunDefers(i)
	case *ssa.Select:
		f.lowerSelect(i)
	case *ssa.Send:
		f.lowerSend(i)
	case *ssa.Slice:
		f.lowerSlice(i)
	case *ssa.SliceToArrayPointer:
		f.lowerSliceToArrayPointer(i)
	case *ssa.Store:
		f.lowerStore(i)
	case *ssa.TypeAssert:
		f.lowerTypeAssert(i)
	case *ssa.UnOp:
		f.lowerUnOp(i)
	default:
		internalError("instruction %T is unknown", instr)
	}
}

// lowerUnOp dispatches on the operator: * and <- are features of their own.
func (f *function) lowerUnOp(i *ssa.UnOp) {
	switch i.Op {
	case token.MUL:
		f.lowerLoad(i)
	case token.ARROW:
		f.lowerRecv(i)
	case token.SUB:
		f.lowerNegate(i)
	case token.NOT, token.XOR:
		f.lowerComplement(i)
	default:
		internalError("unary operator %v is unknown", i.Op)
	}
}
