//go:build mote

package runtime

import (
	"internal/abi"
	"internal/runtime/math"
	"unsafe"
)

// maxAlloc bounds the size of any object in bytes. The RAM of a Cortex-M or of QEMU's boards lies in regions that are
// smaller than this, so a larger request is a panic that can be recovered rather than a failed allocation.
const maxAlloc = 1 << 30

// makeslice allocates the backing array of make([]T, len, cap).
func makeslice(et *_type, len, cap int) unsafe.Pointer {
	mem, overflow := math.MulUintptr(et.Size_, uintptr(cap))
	if overflow || mem > maxAlloc || len < 0 || len > cap {
		// A length that is too large on its own is reported as the length even when cap is wrong too.
		mem, overflow = math.MulUintptr(et.Size_, uintptr(len))
		if overflow || mem > maxAlloc || len < 0 {
			panicmakeslicelen()
		}
		panicmakeslicecap()
	}
	return mallocgc(mem, et, true)
}

// makeslice64 is makeslice for 64-bit operands.
func makeslice64(et *_type, len64, cap64 int64) unsafe.Pointer {
	len := int(len64)
	if int64(len) != len64 {
		panicmakeslicelen()
	}
	cap := int(cap64)
	if int64(cap) != cap64 {
		panicmakeslicecap()
	}
	return makeslice(et, len, cap)
}

// growslice makes room for append: the result has length newLen (the length after appending num elements), a larger
// capacity and the old elements. The num new elements are the caller's to fill; what lies behind them is zero.
func growslice(oldPtr unsafe.Pointer, newLen, oldCap, num int, et *_type) slice {
	if newLen < 0 {
		panic(errorString("growslice: len out of range"))
	}
	if et.Size_ == 0 {
		return slice{unsafe.Pointer(&zerobase), newLen, newLen}
	}
	mem, overflow := math.MulUintptr(et.Size_, uintptr(nextslicecap(newLen, oldCap)))
	if overflow || mem > maxAlloc {
		panic(errorString("growslice: len out of range"))
	}
	mem = roundupsize(mem)
	newCap := int(mem)
	if et.Size_ != 1 {
		newCap = int(mem / et.Size_)
		mem = uintptr(newCap) * et.Size_
	}
	oldMem := uintptr(newLen-num) * et.Size_
	// Elements with pointers must be zero before the collector can see them; of the others only the tail matters.
	pointers := et.Pointers()
	p := mallocgc(mem, et, pointers)
	if !pointers {
		end := uintptr(newLen) * et.Size_
		memclr(add(p, end), mem-end)
	}
	memmove(p, oldPtr, oldMem)
	return slice{p, newLen, newCap}
}

// nextslicecap is Go's growth rule: double small slices, then approach a factor of 1.25 from 256 elements on.
func nextslicecap(newLen, oldCap int) int {
	if newLen > 2*oldCap {
		return newLen
	}
	const threshold = 256
	if oldCap < threshold {
		return 2 * oldCap
	}
	newCap := oldCap
	for uint(newCap) < uint(newLen) {
		newCap += (newCap + 3*threshold) >> 2
	}
	if newCap <= 0 {
		return newLen
	}
	return newCap
}

// roundupsize rounds the size of a growing object up, so that capacities are those that programs see under Go:
// up to 2304 bytes the result is exactly Go's size class. Above, Go's classes fit its pages; here 512 bytes do.
func roundupsize(size uintptr) uintptr {
	step := uintptr(512)
	switch {
	case size <= 32:
		step = 8
	case size <= 256:
		step = 16
	case size <= 512:
		step = 32
	case size <= 768:
		step = 64
	case size <= 1536:
		step = 128
	case size <= 2304:
		step = 256
	}
	return (size + step - 1) &^ (step - 1)
}

// memclr zeroes n bytes at p.
//
// Safety: the caller owns the n bytes.
func memclr(p unsafe.Pointer, n uintptr) { memclrNoHeapPointers(p, n) }

// memclrNoHeapPointers is the compiler's memset with zero.
func memclrNoHeapPointers(p unsafe.Pointer, n uintptr)

// memmove copies n bytes; source and destination may overlap. An intrinsic of the compiler.
//
// Safety: the caller owns both ranges.
func memmove(to, from unsafe.Pointer, n uintptr)

// memequal compares n bytes.
//
// Safety: internal/bytealg has it by linkname with the same signature. Words are only read where both pointers are
// aligned, which v6-M insists on, and inside the n bytes.
//
//go:linkname memequal
func memequal(p, q unsafe.Pointer, size uintptr) bool {
	if p == q {
		return true
	}
	i := uintptr(0)
	if (uintptr(p)|uintptr(q))&3 == 0 {
		for ; i+4 <= size; i += 4 {
			if *(*uint32)(add(p, i)) != *(*uint32)(add(q, i)) {
				return false
			}
		}
	}
	for ; i < size; i++ {
		if *(*byte)(add(p, i)) != *(*byte)(add(q, i)) {
			return false
		}
	}
	return true
}

// bytealg_MakeNoZero returns n bytes that the caller will overwrite.
//
// Safety: internal/bytealg declares it without a body; the bytes hold no pointers, so they need not be zero.
//
//go:linkname bytealg_MakeNoZero internal/bytealg.MakeNoZero
func bytealg_MakeNoZero(n int) []byte {
	if uint(n) > maxAlloc {
		panicmakeslicelen()
	}
	size := roundupsize(uintptr(n))
	return unsafe.Slice((*byte)(mallocgc(size, nil, false)), size)[:n]
}

// reflect_growslice grows a slice by num elements for reflect, which wants all of them zero.
//
// Safety: reflect declares it without a body; its unsafeheader.Slice has the layout of slice.
//
//go:linkname reflect_growslice reflect.growslice
func reflect_growslice(et *abi.Type, old slice, num int) slice {
	num -= old.cap - old.len // what fits already
	s := growslice(old.array, old.cap+num, old.cap, num, et)
	if !et.Pointers() {
		oldMem := uintptr(old.cap) * et.Size_
		memclr(add(s.array, oldMem), uintptr(s.len)*et.Size_-oldMem)
	}
	s.len = old.len
	return s
}
