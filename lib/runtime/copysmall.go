//go:build mote && (armv6m || riscv32)

package runtime

import "unsafe"

// copySmall copies n bytes that do not overlap; n is small.
//
// Safety: the caller's pointers are to n bytes, and words are copied only where all is aligned to them.
func copySmall(to, from unsafe.Pointer, n uintptr) {
	i := uintptr(0)
	if (uintptr(to)|uintptr(from))&3 == 0 {
		for ; i+4 <= n; i += 4 {
			*(*uint32)(unsafe.Add(to, i)) = *(*uint32)(unsafe.Add(from, i))
			barrier() // or LLVM calls memmove
		}
	}
	for ; i < n; i++ {
		*(*uint8)(unsafe.Add(to, i)) = *(*uint8)(unsafe.Add(from, i))
		barrier()
	}
}
