//go:build mote

package runtime

import "unsafe"

// Tasks of package rtos: goroutines with a name and a priority, perhaps on a stack that the program gives.
//
// Safety: rtos declares these functions without bodies and with the same signatures, and knows a g by its address and number only.

// Layout of a stack that the program gives: guard, the rest, the room of the name, the control block.

// nameBytes is the room for the name of a goroutine, below its control block.
const nameBytes = 16

// leastStack is the least that a stack can be which a program gives: room for two contexts.
const leastStack = 256

// How a goroutine is to run, beyond its priority: an argument of rtosGo.
const (
	howContained = 1
	howCores     = 8 // the set of its cores is from this bit on
)

// rtosGo starts a goroutine that calls fn: on the memory at base of that size, or when base is nil on a stack of the heap, of bound bytes
// (0: the default).
//
//go:linkname rtosGo mote/rtos.taskGo
func rtosGo(fn func(), name string, priority uint8, how uint32, base unsafe.Pointer, size uintptr, bound uintptr) (gp *g, id uint32) {
	if fn == nil {
		fatal("rtos.Go of nil func value")
	}
	inHandler("rtos: starting a goroutine")
	awaitStack(uintptr(base), size)
	lockSched()
	checkTasks()
	if bounded(bound) {
		bound += nameBytes
	}
	if base != nil {
		gp = statictask(name, base, size, bound)
	} else {
		gp = newtask(bound)
	}
	gp.setname(name)
	begin(gp, fn, priority, bound)
	if how&howContained != 0 {
		gp.contain()
	}
	gp.limitCores(uint8(how >> howCores))
	return gp, gp.launch()
}

// statictask is newtask on memory of the program.
//
// Safety: the memory is a slice of bytes that the program has handed over for as long as the goroutine lives.
func statictask(name string, base unsafe.Pointer, size, bound uintptr) *g {
	schedstart()
	guard := uint8(guardBounded)
	flags := uint8(taskStatic)
	if bounded(bound) {
		flags |= taskBounded
		bound &^= stackKinds
		makespare()
	} else {
		guard = guardOf(size)
		bound = leastStack + nameBytes
	}
	lo := alignUp(uintptr(base), guardBytes(guard))
	hi := (uintptr(base) + size) &^ 15
	if least := bound + taskBytes + guardBytes(guard); hi < lo || hi-lo < least {
		stackTooSmall(name, size, least+guardBytes(guard)+15)
	}
	gp := (*g)(unsafe.Pointer(hi - taskBytes))
	enlist(gp)
	gp.layout(lo, guard, flags)
	return gp
}

// stackTooSmall ends the program.
func stackTooSmall(name string, size, least uintptr) {
	startdying()
	printstring("fatal error: rtos.Go: the stack of ")
	printstring(name)
	printstring(" has ")
	printuint(uint64(size))
	printstring(" bytes and needs ")
	printuint(uint64(least))
	printstring(" with its control block and guard\n")
	tracebackRunning(getpc(), getsp())
	exit(exitPanic)
}

// setname gives gp, which has no context yet, a name.
//
//mote:unchecked
func (gp *g) setname(name string) {
	gp.flags |= taskNamed
	*gp.name() = name
}

// name is where the name of a goroutine is that has one (taskNamed).
//
// Safety: setname has left room for it below the control block.
func (gp *g) name() *string { return (*string)(unsafe.Add(unsafe.Pointer(gp), -nameBytes)) }

// rtosSelf is the running goroutine; in a handler the interrupted one.
//
//go:linkname rtosSelf mote/rtos.taskSelf
func rtosSelf() (gp *g, id uint32) { return getg(), getg().id }

// is reports whether gp is still the goroutine with that number. With the lock held: the stack of a dead one may be something else, so
// only the list tells.
func (gp *g) is(id uint32) bool {
	for other := allgs; other != nil; other = other.allNext {
		if other == gp {
			return gp.id == id && gp.status != taskDead
		}
	}
	return false
}

// rtosSetPriority changes the priority of a goroutine that may have ended.
//
//go:linkname rtosSetPriority mote/rtos.taskSetPriority
func rtosSetPriority(gp *g, id uint32, priority uint8) bool {
	inHandler("rtos: changing a priority")
	lockSched()
	ok := gp.is(id)
	if ok {
		gp.base = priority
		gp.inherit()
	}
	unlockSched()
	return ok
}

// rtosSetCores changes the cores that may run a goroutine that may have ended.
//
//go:linkname rtosSetCores mote/rtos.taskSetCores
func rtosSetCores(gp *g, id uint32, cores uint8) bool {
	inHandler("rtos: changing the cores of a goroutine")
	lockSched()
	ok := gp.is(id)
	if ok {
		gp.limitCores(cores)
	}
	unlockSched()
	return ok
}

//go:linkname rtosCore mote/rtos.currentCore
func rtosCore() int { return coreNumber() }

// rtosPriority is the priority of a goroutine now, with what mutexes lend it.
//
//go:linkname rtosPriority mote/rtos.taskPriority
func rtosPriority(gp *g, id uint32) (priority uint8, ok bool) {
	lockSched()
	if ok = gp.is(id); ok {
		priority = gp.priority
	}
	unlockSched()
	return priority, ok
}

// rtosName is the name of a goroutine.
//
//go:linkname rtosName mote/rtos.taskName
func rtosName(gp *g, id uint32) (name string) {
	lockSched()
	if gp.is(id) && gp.flags&taskNamed != 0 {
		name = *gp.name()
	}
	unlockSched()
	return name
}

// rtosTurn sets for how many ticks a goroutine runs before another one of its level does; 0 is until it waits or gives up its turn.
//
//go:linkname rtosTurn mote/rtos.setTurn
func rtosTurn(ticks uint8) {
	lockSched()
	schedstart()
	kern.turn = ticks
	kern.slice = ticks
	unlockSched()
}

// rtosTickNanoseconds is the length of a tick.
//
//go:linkname rtosTickNanoseconds mote/rtos.tickNanoseconds
func rtosTickNanoseconds() int64 { return 1_000_000_000 / int64(addressOf(&tickHertz)) }

//go:linkname rtosNow mote/rtos.now
func rtosNow() int64 { return nanotime() }

// rtosSleepUntil sleeps until a time of nanotime.
//
//go:linkname rtosSleepUntil mote/rtos.sleepUntil
func rtosSleepUntil(when int64) {
	inHandler("rtos: sleeping")
	if when > nanotime() {
		sleepUntil(when)
	}
}
