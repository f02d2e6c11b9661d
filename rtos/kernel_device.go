//go:build mote

package rtos

import (
	"runtime"
	"unsafe"
)

// What package runtime does for this package.
//
// Safety: lib/runtime/rtos*.go defines the functions without bodies, under these names and with these signatures; the structs
// have the layout of their counterparts there, and nobody looks into them here.

type waitQueue struct {
	first, last unsafe.Pointer
}

type semaphore struct {
	count   int32
	waiters waitQueue
	busy    bool
}

func semaGive(s *semaphore)
func semaTake(s *semaphore, when int64) bool
func semaTryTake(s *semaphore) bool
func semaCount(s *semaphore) int { return int(s.count) }

type mutex struct {
	owner   unsafe.Pointer
	waiters waitQueue
	next    unsafe.Pointer
	ceiling Priority
}

func mutexLock(m *mutex, when int64) int
func mutexUnlock(m *mutex) bool

type events struct {
	flags       uint32
	waiters     waitQueue
	busy, again bool
}

func eventsSet(e *events, flags uint32)
func eventsClear(e *events, flags uint32)
func eventsAwait(e *events, want uint32, how uint16, when int64) (flags uint32, ok bool)
func eventsGet(e *events) uint32 { return e.flags }

// task is a goroutine, by its control block and its number.
type task struct {
	g  unsafe.Pointer
	id uint32
}

func taskGo(fn func(), name string, priority Priority, how uint32, base unsafe.Pointer, size uintptr, bound uintptr) (g unsafe.Pointer, id uint32)
func taskSelf() (g unsafe.Pointer, id uint32)
func taskSetPriority(g unsafe.Pointer, id uint32, priority Priority) bool
func taskSetCores(g unsafe.Pointer, id uint32, cores Cores) bool
func taskPriority(g unsafe.Pointer, id uint32) (priority Priority, ok bool)
func taskName(g unsafe.Pointer, id uint32) string

func goTask(t Task, f func(), bound uintptr) task {
	how := uint32(t.Cores) << 8
	if t.Contained {
		how |= 1
	}
	g, id := taskGo(f, t.Name, t.Priority, how, unsafe.Pointer(unsafe.SliceData(t.Stack)), uintptr(len(t.Stack)), bound)
	return task{g, id}
}

func self() task {
	g, id := taskSelf()
	return task{g, id}
}

func (t task) setPriority(p Priority) bool { return taskSetPriority(t.g, t.id, p) }

func (t task) setCores(c Cores) bool { return taskSetCores(t.g, t.id, c) }

func (t task) priority() Priority {
	p, _ := taskPriority(t.g, t.id)
	return p
}

func (t task) name() string { return taskName(t.g, t.id) }

func numCores() int { return runtime.NumCPU() }
func currentCore() int
func now() int64
func tickNanoseconds() int64
func sleepUntil(when int64)
func setTurn(ticks uint8)
func yield() { runtime.Gosched() }
