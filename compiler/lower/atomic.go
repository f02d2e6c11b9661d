package lower

import (
	"go/types"
	"strings"

	"mote/compiler/llvm"
)

// atomicIntrinsic is a function of sync/atomic or internal/runtime/atomic. Its name begins with the operation; the width is
// that of its operands. All are sequentially consistent. LLVM calls the __atomic_* routines of lib/builtins where
// the core has no such instruction.
func atomicIntrinsic(name string) emitter {
	for _, op := range []struct {
		prefix string
		emit   emitter
	}{
		{"CompareAndSwap", atomicCas}, {"Cas", atomicCas}, {"cas", atomicCas},
		{"Load", atomicLoad},
		{"Store", atomicStore}, {"store", atomicStore},
		{"Swap", atomicOld("xchg")}, {"Xchg", atomicOld("xchg")},
		{"Add", atomicAdd}, {"Xadd", atomicAdd},
		{"And", atomicOld("and")}, {"Or", atomicOld("or")},
	} {
		if strings.HasPrefix(name, op.prefix) {
			return op.emit
		}
	}
	return nil
}

// atomicAddress checks the address operand. Alignment is that of the width: the routines for 64 bits need no more than LLVM assumes.
func atomicAddress(f *function, p llvm.Value) llvm.Value {
	f.panicIf(f.b.ICmp("eq", p, llvm.Null()), "panicmem")
	return p
}

func atomicAlign(t llvm.Type) int64 {
	if t == llvm.Ptr {
		return 4
	}
	return int64(t.Bits() / 8)
}

func atomicLoad(f *function, sig *types.Signature, args []llvm.Value) []llvm.Value {
	t := f.l.types.value(sig.Results().At(0).Type())
	return single(f.b.LoadAtomic(t, atomicAddress(f, args[0]), atomicAlign(t), "seq_cst"))
}

func atomicStore(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
	f.b.StoreAtomic(args[1], atomicAddress(f, args[0]), atomicAlign(args[1].Type), "seq_cst")
	return nil
}

// atomicOld is a read-modify-write whose result, if wanted, is the old value.
func atomicOld(op string) emitter {
	return func(f *function, sig *types.Signature, args []llvm.Value) []llvm.Value {
		old := f.b.AtomicRMW(op, atomicAddress(f, args[0]), args[1])
		if sig.Results().Len() == 0 {
			return nil
		}
		return single(old)
	}
}

// atomicAdd yields the new value.
func atomicAdd(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
	old := f.b.AtomicRMW("add", atomicAddress(f, args[0]), args[1])
	return single(f.b.Binary("add", old, args[1]))
}

func atomicCas(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
	return single(f.b.CmpXchg(atomicAddress(f, args[0]), args[1], args[2]))
}
