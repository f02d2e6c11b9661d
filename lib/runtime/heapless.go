//go:build mote && !gc.none

package runtime

// heapless tells whether the program is built to do without a heap.
const heapless = false

// sparesize is the size of the spare stack.
func sparesize() uintptr { return addressOf(&stackSizeDefault) }

// sparememory returns memory for it.
func sparememory(size uintptr) uintptr { return uintptr(stackalloc(size)) }
