//go:build mote && !gc.none

package runtime

// countTask counts a goroutine that is about to exist. With the lock held.
func countTask() { kern.count++ }

// sparesize is the size of the spare stack.
func sparesize() uintptr { return addressOf(&stackSizeDefault) }

// sparememory returns memory for it.
func sparememory(size uintptr) uintptr { return uintptr(stackalloc(size)) }
