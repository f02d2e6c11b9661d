//go:build mote && riscv32

package runtime

// containFault is resumeFaulted once there is a contained goroutine: programs without do not link it.
var containFault func() *trapFrame

// contain makes faults of gp end that one alone. Here only those are, of which the stack pointer is still in its stack: an overflow
// has done its damage when it is noticed.
func (gp *g) contain() {
	gp.flags |= taskContained
	containFault = resumeFaulted
}

// resumeFaulted returns the frame with which the goroutine of the fault goes on to its end.
func resumeFaulted() *trapFrame {
	revive()
	gp := getg()
	return trapFrameAt(newContext(gp.stackEnd(), gp.emptyStack(), entryAddress(endFaulted)))
}
