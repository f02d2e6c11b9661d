//go:build mote

package runtime

// Two ways to be alone in the kernel.
//
// lockSched keeps other goroutines out and masks nothing. What only goroutines touch (heap, timers and their channels, semaphores of package
// sync) is touched under it, for however long, and elements of all channels are copied under it. It is a counter without atomics: while it is above zero the context
// switch does nothing, and a switch between load and store of the increment comes back with the counter as it was.
//
// mask keeps out the interrupt handlers that may call the kernel as well, and with them the context switch, which is the lowest exception. What
// handlers touch (the ready queue, queues and counters of channels, semaphores and events of package rtos) is touched under it, for a bounded number of
// instructions that test/kernel measures. It is never nested: BASEPRI has no room for how it was.
//
// This is how it is on one core; lock_multi.go and mask_multi.go say what both are on several.

// barrier keeps memory accesses on their side of it. It is no instruction.
//
// Safety: empty assembly that clobbers memory.
//
//mote:inline "" "~{memory}"
func barrier()
