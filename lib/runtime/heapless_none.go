//go:build mote && gc.none

package runtime

import "unsafe"

// heapless tells whether the program is built to do without a heap.
const heapless = true

// spareBytes is the size of the spare stack, which here nothing but panics use: room for their report.
const spareBytes = 1536

// spareStack is the spare stack with its guard. A program without goroutines of known depth does not link it.
var spareStack [spareBytes + 1<<7 + 8]byte

func sparesize() uintptr { return spareBytes }

// sparememory: the collector has no business with it.
func sparememory(size uintptr) uintptr { return uintptr(unsafe.Pointer(&spareStack)) }
