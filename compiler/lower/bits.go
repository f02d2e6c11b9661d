package lower

import (
	"go/types"
	"strconv"
	"strings"

	"mote/compiler/llvm"
)

// bitsIntrinsic is a function of math/bits (or internal/runtime/sys) that LLVM knows. The width is that of its operand.
func bitsIntrinsic(name string) emitter {
	switch strings.TrimRight(name, "0123456789") {
	case "LeadingZeros":
		return countBits(leadingZeros)
	case "Len":
		return countBits(func(f *function, v llvm.Value) llvm.Value {
			return f.b.Binary("sub", llvm.ConstInt(v.Type, int64(v.Type.Bits())), leadingZeros(f, v))
		})
	case "TrailingZeros":
		return countBits(func(f *function, v llvm.Value) llvm.Value {
			return bitsCall(f, "llvm.cttz", v, llvm.ConstBool(false))
		})
	case "OnesCount":
		return countBits(func(f *function, v llvm.Value) llvm.Value { return bitsCall(f, "llvm.ctpop", v) })
	case "Reverse":
		return mapBits("llvm.bitreverse")
	case "ReverseBytes", "Bswap":
		return mapBits("llvm.bswap")
	case "RotateLeft":
		return rotateLeft
	}
	return nil
}

func leadingZeros(f *function, v llvm.Value) llvm.Value {
	return bitsCall(f, "llvm.ctlz", v, llvm.ConstBool(false))
}

// bitsCall calls an LLVM intrinsic that is overloaded by the width of v.
func bitsCall(f *function, name string, v llvm.Value, more ...llvm.Value) llvm.Value {
	name += ".i" + strconv.Itoa(v.Type.Bits())
	return f.b.Intrinsic(name, v.Type, append([]llvm.Value{v}, more...)...)
}

// countBits is a function whose result is an int whatever its operand's width.
func countBits(count func(*function, llvm.Value) llvm.Value) emitter {
	return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
		return single(f.b.IntCast(count(f, args[0]), llvm.I32, false))
	}
}

// mapBits is a function whose result has its operand's width.
func mapBits(name string) emitter {
	return func(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
		return single(bitsCall(f, name, args[0]))
	}
}

// rotateLeft rotates by an int that may be negative; a funnel shift takes it modulo the width.
func rotateLeft(f *function, _ *types.Signature, args []llvm.Value) []llvm.Value {
	v := args[0]
	return single(bitsCall(f, "llvm.fshl", v, v, f.b.IntCast(args[1], v.Type, true)))
}
