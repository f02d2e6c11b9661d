//go:build mote && gc.none

package runtime

// checkTasks ends the program if it may not have one goroutine more: it has room for so many. What RAM the program leaves is for the
// stacks of those that find no slot: those that have ended are used again for goroutines of the same size. With the lock held.
func checkTasks() {
	if uintptr(kern.count) >= addressOf(&taskCapacity) {
		tooManyTasks()
	}
}

//go:noinline
func tooManyTasks() {
	print("runtime: there is room for ", uint64(addressOf(&taskCapacity)), " goroutines besides main's\n")
	fatal("too many goroutines for a program without a collector: -tasks sets how many there can be")
}

// spareBytes is the size of the spare stack, which here nothing but panics use: room for their report, and for the guard. The build reads it
// (compiler/slots).
const spareBytes = 1536 + 1<<7
