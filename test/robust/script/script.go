// Package script makes random programs for the scheduler: what each of a few tasks does with shared semaphores and mutexes. The program in
// testdata/model executes them on a device, package robust by a reference scheduler, and their traces must be equal.
package script

// Sizes of a program.
const (
	Tasks      = 5
	Steps      = 30 // of each task
	Semaphores = 3
	Mutexes    = 3
)

// Ceilings are those of the mutexes; 0 is inheritance.
var Ceilings = [Mutexes]uint8{0, 0, 6}

// Op is what a step does.
type Op uint8

// The operations, with what they apply to.
const (
	Give    Op = iota // a semaphore
	Take              // a semaphore
	TryTake           // a semaphore
	Lock              // a mutex, unless the task holds it
	TryLock           // a mutex
	Unlock            // a mutex, if the task holds it
	Set               // the priority of a task
	Yield
	ops
)

// Step is one operation.
type Step struct {
	Op       Op
	On       uint8 // number of the semaphore, mutex or task
	Priority uint8 // for Set
}

// Program has the first priorities of the tasks, and their steps.
type Program struct {
	Priority [Tasks]uint8
	Steps    [Tasks][Steps]Step
}

// New makes the program of a seed. Priorities are from 1 to 7: 0 is for who starts the tasks.
func New(seed uint32) *Program {
	p := new(Program)
	random := func(n uint32) uint8 {
		seed = seed*1664525 + 1013904223
		return uint8((seed >> 16) % n)
	}
	for task := range p.Steps {
		p.Priority[task] = 1 + random(7)
		for i := range p.Steps[task] {
			s := Step{Op: Op(random(uint32(ops)))}
			switch s.Op {
			case Give, Take, TryTake:
				s.On = random(Semaphores)
			case Lock, TryLock, Unlock:
				s.On = random(Mutexes)
			case Set:
				s.On = random(Tasks)
				s.Priority = 1 + random(7)
			}
			p.Steps[task][i] = s
		}
	}
	return p
}

// Results of a step in the trace.
const (
	Done     = 'd'
	Not      = 'n' // a TryTake or TryLock of what is not free, an operation that is left out
	Deadlock = 'x'
	Ceiling  = 'c'
)

// Entry is an operation that is over: of which task, the result, the task's priority then.
type Entry struct {
	Task, Step uint8
	Result     byte
	Priority   uint8
}

// Starter is the task of the entries of who starts the tasks, whose steps are the semaphores that it gives to.
const Starter = Tasks
