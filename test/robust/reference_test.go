package robust

import (
	"fmt"
	"slices"
	"strings"

	"mote/test/robust/script"
)

// The reference scheduler: the rules of package rtos, step by step and with no regard to time. It computes all priorities anew after each
// operation, where the kernel hands them along chains.

// task is a goroutine of the reference.
type task struct {
	base, priority uint8
	step           int
	inside         bool // it has begun its step and not come back
	result         byte
	waits          *queue // that it is in
	mutex          *mutex // that it waits for
	ended          bool
	held           [script.Mutexes]bool
}

// queue has those that wait, the most urgent first.
type queue []*task

type semaphore struct {
	count int
	queue
}

type mutex struct {
	ceiling uint8
	owner   *task
	queue
}

// reference is the state of a program. The tasks of script come first, then its starter.
type reference struct {
	program *script.Program
	tasks   [script.Tasks + 1]*task
	levels  [8][]*task // those that can run, in their order; the running task is the first of the highest that is not empty
	units   [script.Semaphores]semaphore
	mutexes [script.Mutexes]mutex
	trace   strings.Builder
}

// expected is the trace of the program of a seed.
func expected(seed uint32) string {
	r := &reference{program: script.New(seed)}
	for m := range r.mutexes {
		r.mutexes[m].ceiling = script.Ceilings[m]
	}
	for t := range r.tasks {
		r.tasks[t] = new(task)
		if t < script.Tasks {
			r.tasks[t].base = r.program.Priority[t]
		}
		r.tasks[t].priority = r.tasks[t].base
		r.ready(r.tasks[t])
	}
	fmt.Fprintf(&r.trace, "seed %d", seed)
	for next := 0; r.live(); {
		t := r.running()
		if t == r.tasks[script.Starter] {
			r.log(t, next, script.Done)
			r.give(&r.units[next])
			next = (next + 1) % script.Semaphores
			r.settle(t)
		} else {
			r.advance(t)
		}
	}
	return r.trace.String()
}

func (r *reference) live() bool {
	return slices.ContainsFunc(r.tasks[:script.Tasks], func(t *task) bool { return !t.ended })
}

func (r *reference) running() *task {
	for level := 7; ; level-- {
		if len(r.levels[level]) > 0 {
			return r.levels[level][0]
		}
	}
}

func (r *reference) log(t *task, step int, result byte) {
	fmt.Fprintf(&r.trace, " %d.%d%c%d", slices.Index(r.tasks[:], t), step, result, t.priority)
}

func (r *reference) ready(t *task) {
	r.levels[t.priority] = append(r.levels[t.priority], t)
}

func (r *reference) unready(t *task) {
	at := &r.levels[t.priority]
	*at = slices.DeleteFunc(*at, func(other *task) bool { return other == t })
}

// advance begins the step of t or, when it has come back from it, ends it.
func (r *reference) advance(t *task) {
	if t.inside {
		t.inside = false
		r.log(t, min(t.step, script.Steps), t.result)
		t.step++
		return
	}
	if t.step >= script.Steps {
		r.finish(t)
		return
	}
	t.inside = true
	t.result = r.execute(t, r.program.Steps[slices.Index(r.tasks[:], t)][t.step])
	r.settle(t)
}

// finish unlocks the next mutex that t holds, or ends it.
func (r *reference) finish(t *task) {
	if m := slices.Index(t.held[:], true); m >= 0 {
		t.inside = true
		t.result = script.Done
		t.held[m] = false
		r.unlock(&r.mutexes[m])
		r.settle(t)
		return
	}
	t.ended = true
	r.unready(t)
}

func (r *reference) execute(t *task, s script.Step) byte {
	switch s.Op {
	case script.Give:
		r.give(&r.units[s.On])
	case script.Take, script.TryTake:
		return r.take(t, &r.units[s.On], s.Op == script.Take)
	case script.Lock, script.TryLock:
		return r.lock(t, int(s.On), s.Op == script.Lock)
	case script.Unlock:
		if !t.held[s.On] {
			return script.Not
		}
		t.held[s.On] = false
		r.unlock(&r.mutexes[s.On])
	case script.Set:
		if r.tasks[s.On].ended {
			return script.Not
		}
		r.tasks[s.On].base = s.Priority
	case script.Yield:
		r.unready(t)
		r.ready(t)
	}
	return script.Done
}

func (r *reference) give(s *semaphore) {
	if len(s.queue) == 0 {
		s.count++
		return
	}
	r.ready(s.pop())
}

func (r *reference) take(t *task, s *semaphore, wait bool) byte {
	switch {
	case s.count > 0:
		s.count--
	case !wait:
		return script.Not
	default:
		r.unready(t)
		s.push(t)
	}
	return script.Done
}

func (r *reference) lock(t *task, number int, wait bool) byte {
	m := &r.mutexes[number]
	switch {
	case m.ceiling != 0 && t.base > m.ceiling:
		return script.Ceiling
	case m.owner == nil:
		m.owner = t
		t.held[number] = true
		return script.Done
	case !wait:
		return script.Not
	}
	for owner := m.owner; ; owner = owner.mutex.owner {
		if owner == t {
			return script.Deadlock
		}
		if owner.mutex == nil {
			break
		}
	}
	r.unready(t)
	t.mutex = m
	m.push(t)
	return script.Done
}

// push puts t behind the waiters that are as urgent or more.
func (q *queue) push(t *task) {
	at := slices.IndexFunc(*q, func(other *task) bool { return other.priority < t.priority })
	if at < 0 {
		at = len(*q)
	}
	*q = slices.Insert(*q, at, t)
	t.waits = q
}

// pop takes the first one out.
func (q *queue) pop() *task {
	t := (*q)[0]
	*q = (*q)[1:]
	t.waits = nil
	return t
}

// unlock hands m to its first waiter. That one's priority is settled before it is ready.
func (r *reference) unlock(m *mutex) {
	m.owner = nil
	if len(m.queue) == 0 {
		return
	}
	t := m.pop()
	m.owner = t
	t.mutex = nil
	for number := range r.mutexes {
		if m == &r.mutexes[number] {
			t.held[number] = true
		}
	}
	t.priority = r.lent(t)
	r.ready(t)
}

// lent is the priority of t with what mutexes lend it, given those of the waiters.
func (r *reference) lent(t *task) uint8 {
	priority := t.base
	for m := range r.mutexes {
		if r.mutexes[m].owner == t {
			priority = max(priority, r.mutexes[m].ceiling)
			for _, w := range r.mutexes[m].queue {
				priority = max(priority, w.priority)
			}
		}
	}
	return priority
}

// settle gives all tasks the priorities that they have after an operation of running: until none changes.
func (r *reference) settle(running *task) {
	for changed := true; changed; {
		changed = false
		for _, t := range r.tasks {
			if priority := r.lent(t); !t.ended && priority != t.priority {
				r.move(t, priority, running)
				changed = true
			}
		}
	}
}

// move changes the priority of t: the running task becomes the first of its level, another one the last of what it is in.
func (r *reference) move(t *task, priority uint8, running *task) {
	switch {
	case t.waits != nil:
		q := t.waits
		*q = slices.DeleteFunc(*q, func(other *task) bool { return other == t })
		t.priority = priority
		q.push(t)
	default:
		r.unready(t)
		t.priority = priority
		r.ready(t)
		if at := r.levels[priority]; t == running {
			copy(at[1:], at)
			at[0] = t
		}
	}
}
