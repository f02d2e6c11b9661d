//go:build mote

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

// g is the task control block of a goroutine. Those of started goroutines lie at the top of their own stack block, so that a
// goroutine is one allocation and the collector's scan of the stack covers its pointers too.
type g struct {
	sp       uintptr // while it does not run: where its registers are saved; the context switch reads it
	stackLo  uintptr // lowest address of the stack, where its guard is (see guard_*.go)
	stackHi  uintptr // end of the stack
	link     ready.Node
	allNext  *g             // the next in the list of all goroutines, see allgs
	frame    *deferFrame    // innermost function with deferred calls; before it runs: what it is to call
	panics   *panicState    // innermost panic or Goexit
	held     unsafe.Pointer // innermost mutex of package rtos that it holds
	id       uint32         // 0 for goroutines of the runtime
	priority uint8          // by which it is scheduled
	base     uint8          // without what mutexes lend it
	status   taskStatus
	reason   waitReason // why it waits
	flags    uint8
	guard    uint8 // log2 of the size of the stack's guard
	slack    uint8 // in a slot: its kind; otherwise from the beginning of the heap's block to stackLo, in units of 8 bytes
	place    uint8 // where it runs and may run: see place_multi.go
}

// maxTaskSize is the bound on a task control block in bytes; the next line does not compile when it is exceeded.
const maxTaskSize = 48

const _ = maxTaskSize - unsafe.Sizeof(g{})

// What asm/cortexm_switch.S knows of a control block. A line does not compile when it is not so.
const (
	_ = uint(unsafe.Offsetof(g{}.stackLo)-4) + uint(4-unsafe.Offsetof(g{}.stackLo))
	_ = uint(unsafe.Offsetof(g{}.link)-12) + uint(12-unsafe.Offsetof(g{}.link))
	_ = uint(unsafe.Offsetof(g{}.priority)-40) + uint(40-unsafe.Offsetof(g{}.priority))
	_ = uint(ready.Levels-9) + uint(9-ready.Levels)
	_ = uint(unsafe.Offsetof(g{}.guard)-45) + uint(45-unsafe.Offsetof(g{}.guard))
)

// taskStatus says what a goroutine is doing.
type taskStatus uint8

const (
	taskReady   taskStatus = iota // in the ready queue; the running one too
	taskWaiting                   // somebody holds it and will call goready
	taskDead                      // its stack can be used again
)

// Bits of g.flags.
const (
	taskSystem    = 1 << iota // the runtime's own: not counted, never keeps the program alive
	taskBounded               // its stack is as large as the compiler has found that it needs: see spare
	taskNamed                 // a name lies behind its control block: see namedTask
	taskStatic                // the program gave it its stack
	taskContained             // its faults are its own: see contain.go
	taskInSlot                // it is in a slot: see taskslots.go
)

// defaultPriority is the level of goroutine 1 and of everything that go starts; 0 is the least urgent.
const defaultPriority = 3

// systemPriority is above everything that a program can use.
const systemPriority = ready.Levels - 1

// g1 is goroutine 1.
var g1 = g{id: 1, priority: defaultPriority, base: defaultPriority}

// allgs is the first goroutine of the list of all, the oldest first; it never leaves. Dead ones stay until freedead. The collector walks it
// under lockSched: the roots of gp are the words of gp.liveStack(), and for those off the static g1 that range includes the
// control block itself.
var allgs = &g1

// liveStack is the used part of a goroutine's stack. For the running goroutine the caller must have spilled its registers
// (see spillAndCall), and gets everything from its own frame on; on the spare stack, from where it left its own.
func (gp *g) liveStack() (lo, hi uintptr) {
	lo = gp.sp
	if gp == getg() && gp.flags&taskBounded == 0 {
		lo = getsp()
	}
	return lo, gp.stackHi
}

// stackEnd is the lowest address that the goroutine may use.
func (gp *g) stackEnd() uintptr { return gp.stackLo + guardBytes(gp.guard) }

// staleBytes is how far below the stack pointer clearStale clears: as far as most calls reach.
const staleBytes = 2048

// clearStale zeroes what calls that have returned left below the caller's frame. The next calls lay their frames there, and do not
// write every word of them before the collector reads it.
//
// Safety: nothing below the stack pointer is alive, and this function has no frame and makes no calls. Interrupts and switches, which
// save registers there, are over when it goes on. It stays above the guard.
//
//go:noinline
func clearStale() {
	hi := getsp()
	lo := max(getg().stackEnd(), hi-staleBytes)
	if hi > getg().stackHi || hi < lo {
		return // on the spare stack
	}
	for p := lo; p < hi; p += 4 {
		*(*uint32)(unsafe.Pointer(p)) = stackFill
		barrier() // or LLVM calls memset
	}
}

// taskOf is the goroutine that owns a node of the ready queue.
//
// Safety: nodes of the queue are only ever the link field of a g.
func taskOf(n *ready.Node) *g {
	return (*g)(unsafe.Add(unsafe.Pointer(n), -int(unsafe.Offsetof(g{}.link))))
}

// spillAndCall calls fn with the caller's callee-saved registers on the stack, where the collector finds pointers that
// live only in registers.
//
// Safety: in asm/*_call.S; fn is an ordinary closure.
//
//mote:asm
func spillAndCall(fn func())
