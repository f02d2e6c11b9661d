//go:build mote && gc.none

package runtime

import "unsafe"

// countTask counts a goroutine that is about to exist; the program has room for so many. What RAM the program leaves is for their
// stacks: those that have ended are used again for goroutines of the same size. With the lock held.
func countTask() {
	if uintptr(kern.count) >= addressOf(&taskCapacity) {
		tooManyTasks()
	}
	kern.count++
}

//go:noinline
func tooManyTasks() {
	print("runtime: there is room for ", uint64(addressOf(&taskCapacity)), " goroutines besides main's\n")
	fatal("too many goroutines for a program without a collector: -tasks sets how many there can be")
}

// spareBytes is the size of the spare stack, which here nothing but panics use: room for their report.
const spareBytes = 1536

// spareStack is the spare stack with its guard. A program without goroutines of known depth does not link it.
var spareStack [spareBytes + 1<<7 + 8]byte

func sparesize() uintptr { return spareBytes }

// sparememory: the collector has no business with it.
func sparememory(size uintptr) uintptr { return uintptr(unsafe.Pointer(&spareStack)) }
