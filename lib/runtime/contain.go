//go:build mote

package runtime

import "unsafe"

// Contained goroutines (rtos.Task.Contained): a fault of one is reported and ends that one alone. That can be promised where the fault
// happened outside the kernel, which would otherwise be left in the middle of something: not under lockSched or mask, and not
// in the context switch.

// abandonMutexes hands over the mutexes that gp holds. Nil in programs that lock none.
var abandonMutexes func(gp *g)

// endFaulted is where a contained goroutine goes on after a fault, on an empty stack. Its deferred calls do not run: nobody knows in what
// state it was.
func endFaulted() {
	gp := getg()
	gp.frame, gp.panics = nil, nil
	if abandonMutexes != nil {
		abandonMutexes(gp)
	}
	goexit0()
}

// containable reports whether the fault that is being handled can end the running goroutine alone.
func containable() bool {
	return getg().flags&taskContained != 0 && !locked() && !masked()
}

// emptyStack is where the stack of gp begins.
func (gp *g) emptyStack() uintptr {
	top := uintptr(unsafe.Pointer(gp))
	if gp.flags&taskNamed != 0 {
		top -= nameBytes
	}
	return top
}

// revive ends the report of a fault that the program survives.
func revive() {
	dying = 0
	resetSched()
	resumeOthers()
	guardstart()
}
