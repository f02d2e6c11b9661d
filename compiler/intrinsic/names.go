package intrinsic

import "sync"

// names is the set of all intrinsics by linker symbol.
var names = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for pkg, funcs := range byPackage() {
		for _, f := range funcs {
			set[pkg+"."+f] = true
		}
	}
	return set
})

// Names lists all intrinsics by linker symbol, in no order.
func Names() []string {
	var list []string
	for name := range names() {
		list = append(list, name)
	}
	return list
}

// byPackage lists the intrinsics of each package.
func byPackage() map[string][]string {
	return map[string][]string{
		"internal/abi": {"FuncPCABI0", "FuncPCABIInternal"},
		"internal/runtime/atomic": {
			"Load", "Loadp", "Load8", "Load64", "LoadAcq", "LoadAcq64", "LoadAcquintptr", "Loadint32", "Loadint64", "Loaduint", "Loaduintptr",
			"Store", "Store8", "Store64", "StoreRel", "StoreRel64", "StoreReluintptr", "StorepNoWB", "Storeint32", "Storeint64", "Storeuintptr", "storePointer",
			"Xchg", "Xchg8", "Xchg64", "Xchguintptr", "Xchgint32", "Xchgint64",
			"Xadd", "Xadd64", "Xadduintptr", "Xaddint32", "Xaddint64",
			"Cas", "Cas64", "CasRel", "Casint32", "Casint64", "Casp1", "Casuintptr", "casPointer",
			"And8", "Or8", "And", "Or", "And32", "Or32", "And64", "Or64", "Anduintptr", "Oruintptr",
		},
		"sync/atomic": {
			"AddInt32", "AddInt64", "AddUint32", "AddUint64", "AddUintptr",
			"AndInt32", "AndInt64", "AndUint32", "AndUint64", "AndUintptr",
			"OrInt32", "OrInt64", "OrUint32", "OrUint64", "OrUintptr",
			"CompareAndSwapInt32", "CompareAndSwapInt64", "CompareAndSwapPointer", "CompareAndSwapUint32", "CompareAndSwapUint64", "CompareAndSwapUintptr",
			"LoadInt32", "LoadInt64", "LoadPointer", "LoadUint32", "LoadUint64", "LoadUintptr",
			"StoreInt32", "StoreInt64", "StorePointer", "StoreUint32", "StoreUint64", "StoreUintptr",
			"SwapInt32", "SwapInt64", "SwapPointer", "SwapUint32", "SwapUint64", "SwapUintptr",
		},
		"internal/runtime/sys": {
			"GetCallerPC", "GetCallerSP", "GetClosurePtr", "Prefetch", "PrefetchStreamed",
			"TrailingZeros8", "TrailingZeros32", "TrailingZeros64", "LeadingZeros8", "LeadingZeros64", "Len8", "Len64", "OnesCount64", "Bswap32", "Bswap64",
		},
		"math/bits": {
			"LeadingZeros", "LeadingZeros8", "LeadingZeros16", "LeadingZeros32", "LeadingZeros64",
			"TrailingZeros", "TrailingZeros8", "TrailingZeros16", "TrailingZeros32", "TrailingZeros64",
			"OnesCount", "OnesCount8", "OnesCount16", "OnesCount32", "OnesCount64",
			"Len", "Len8", "Len16", "Len32", "Len64",
			"Reverse", "Reverse8", "Reverse16", "Reverse32", "Reverse64",
			"ReverseBytes", "ReverseBytes16", "ReverseBytes32", "ReverseBytes64",
			"RotateLeft", "RotateLeft8", "RotateLeft16", "RotateLeft32", "RotateLeft64",
		},
		"math":    {"Abs", "Copysign"},
		"runtime": {"memmove", "memclrNoHeapPointers"},
		"runtime/volatile": {
			"LoadUint8", "LoadUint16", "LoadUint32", "LoadUint64",
			"StoreUint8", "StoreUint16", "StoreUint32", "StoreUint64",
		},
	}
}
