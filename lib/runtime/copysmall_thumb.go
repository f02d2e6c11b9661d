//go:build mote && thumb && !armv6m

package runtime

import "unsafe"

// copySmall copies n bytes that do not overlap; n is small.
//
// Safety: the caller's pointers are to n bytes.
func copySmall(to, from unsafe.Pointer, n uintptr) {
	if n == 4 {
		mmioStore(uintptr(to), mmioLoad(uintptr(from)))
	} else {
		copyAny(to, from, n)
	}
}

// Safety: in asm/cortexm_copy.S.
//
//mote:asm
func copyAny(to, from unsafe.Pointer, n uintptr)
