//go:build !mote

package rtos

import (
	"bytes"
	"runtime"
	"sync"
	"time"
)

// The kernel of the host, for tests: the same operations on ordinary goroutines. Priorities are remembered and order waiters, but
// do not decide who runs.

// kernel is the one lock of everything below.
var kernel sync.Mutex

// waiting is a goroutine in a queue; done is closed when somebody has taken it out.
type waiting struct {
	done     chan struct{}
	priority Priority
	want     uint32
	how      uint16
	flags    uint32
	task     *taskState
}

type waitQueue []*waiting

// push puts w behind those that are as urgent or more.
func (q *waitQueue) push(w *waiting) {
	at := len(*q)
	for at > 0 && (*q)[at-1].priority < w.priority {
		at--
	}
	*q = append((*q)[:at], append(waitQueue{w}, (*q)[at:]...)...)
}

// remove takes w out; it reports false when it is not in q.
func (q *waitQueue) remove(w *waiting) bool {
	for i, other := range *q {
		if other == w {
			*q = append((*q)[:i], (*q)[i+1:]...)
			return true
		}
	}
	return false
}

// await waits in q, with the lock held, until woken or until when. It reports whether it was woken.
func (q *waitQueue) await(w *waiting, when int64) bool {
	w.done = make(chan struct{})
	q.push(w)
	kernel.Unlock()
	defer kernel.Lock()
	if when == forGood {
		<-w.done
		return true
	}
	timer := time.NewTimer(time.Duration(when - now()))
	defer timer.Stop()
	select {
	case <-w.done:
		return true
	case <-timer.C:
	}
	kernel.Lock()
	defer kernel.Unlock()
	return !q.remove(w)
}

type semaphore struct {
	count   int
	waiters waitQueue
}

func semaGive(s *semaphore) {
	kernel.Lock()
	defer kernel.Unlock()
	if len(s.waiters) == 0 {
		s.count++
		return
	}
	w := s.waiters[0]
	s.waiters.remove(w)
	close(w.done)
}

func semaTryTake(s *semaphore) bool { return semaTake(s, 0) }

func semaTake(s *semaphore, when int64) bool {
	kernel.Lock()
	defer kernel.Unlock()
	if s.count > 0 {
		s.count--
		return true
	}
	return when != 0 && s.waiters.await(&waiting{priority: current().base}, when)
}

func semaCount(s *semaphore) int {
	kernel.Lock()
	defer kernel.Unlock()
	return s.count
}

type mutex struct {
	owner   *taskState
	waiters waitQueue
	ceiling Priority
}

func mutexLock(m *mutex, when int64) int {
	kernel.Lock()
	defer kernel.Unlock()
	t := current()
	if m.ceiling != 0 && t.base > m.ceiling {
		return lockCeiling
	}
	if m.owner == nil {
		m.owner = t
		return lockDone
	}
	if when == 0 {
		return lockTimeout
	}
	for at := m; at != nil && at.owner != nil; at = at.owner.waitsOn {
		if at.owner == t {
			return lockDeadlock
		}
	}
	t.waitsOn = m
	defer func() { t.waitsOn = nil }()
	if !m.waiters.await(&waiting{priority: t.base, task: t}, when) {
		return lockTimeout
	}
	return lockDone
}

func mutexUnlock(m *mutex) bool {
	kernel.Lock()
	defer kernel.Unlock()
	if m.owner != current() {
		return false
	}
	m.owner = nil
	if len(m.waiters) > 0 {
		w := m.waiters[0]
		m.waiters.remove(w)
		m.owner = w.task
		w.task.waitsOn = nil
		close(w.done)
	}
	return true
}

type events struct {
	flags   uint32
	waiters waitQueue
}

func satisfied(flags, want uint32, how uint16) bool {
	if how == waitAll {
		return flags&want == want
	}
	return flags&want != 0
}

func eventsSet(e *events, flags uint32) {
	kernel.Lock()
	defer kernel.Unlock()
	e.flags |= flags
	for _, w := range append(waitQueue(nil), e.waiters...) {
		if satisfied(e.flags, w.want, w.how) {
			e.waiters.remove(w)
			w.flags = e.flags
			close(w.done)
		}
	}
}

func eventsClear(e *events, flags uint32) {
	kernel.Lock()
	defer kernel.Unlock()
	e.flags &^= flags
}

func eventsGet(e *events) uint32 {
	kernel.Lock()
	defer kernel.Unlock()
	return e.flags
}

func eventsAwait(e *events, want uint32, how uint16, when int64) (flags uint32, ok bool) {
	kernel.Lock()
	defer kernel.Unlock()
	if satisfied(e.flags, want, how) || when == 0 {
		return e.flags, satisfied(e.flags, want, how)
	}
	w := &waiting{priority: current().base, want: want, how: how}
	if !e.waiters.await(w, when) {
		return e.flags, false
	}
	return w.flags, true
}

// taskState is what the host knows about a goroutine.
type taskState struct {
	label   string
	base    Priority
	ended   bool
	waitsOn *mutex
}

type task struct{ *taskState }

// tasks are those of the goroutines that have asked for it, by number.
var tasks sync.Map

// current is the state of the running goroutine.
func current() *taskState {
	t, _ := tasks.LoadOrStore(goroutineID(), &taskState{base: DefaultPriority})
	return t.(*taskState)
}

// goroutineID is the number in the first line of the goroutine's trace; there is no other way to it.
func goroutineID() string {
	var text [64]byte
	fields := bytes.Fields(text[:runtime.Stack(text[:], false)])
	return string(fields[1])
}

func goTask(t Task, f func(), bound uintptr) task {
	s := &taskState{label: t.Name, base: t.Priority}
	started := make(chan struct{})
	go func() {
		id := goroutineID()
		tasks.Store(id, s)
		close(started)
		defer func() {
			kernel.Lock()
			s.ended = true
			kernel.Unlock()
			tasks.Delete(id)
		}()
		f()
	}()
	<-started
	return task{s}
}

func self() task { return task{current()} }

func (t task) setPriority(p Priority) bool {
	kernel.Lock()
	defer kernel.Unlock()
	if t.taskState == nil || t.ended {
		return false
	}
	t.base = p
	return true
}

func (t task) priority() Priority {
	kernel.Lock()
	defer kernel.Unlock()
	if t.taskState == nil || t.ended {
		return 0
	}
	return t.base
}

func (t task) name() string {
	kernel.Lock()
	defer kernel.Unlock()
	if t.taskState == nil || t.ended {
		return ""
	}
	return t.label
}

func (t task) setCores(c Cores) bool {
	kernel.Lock()
	defer kernel.Unlock()
	return t.taskState != nil && !t.ended
}

// numCores is at most what a set has room for.
func numCores() int    { return min(runtime.NumCPU(), 8) }
func currentCore() int { return 0 }

// epoch is when Now was 0.
var epoch = time.Now()

func now() int64             { return int64(time.Since(epoch)) }
func tickNanoseconds() int64 { return int64(time.Millisecond) }
func sleepUntil(when int64)  { time.Sleep(time.Duration(when - now())) }
func setTurn(ticks uint8)    {}
func yield()                 { runtime.Gosched() }
