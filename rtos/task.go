package rtos

// Priority is how urgent a goroutine is; a larger number is more urgent.
type Priority uint8

// Priorities of a program. The runtime has one above, for timers.
const (
	MinPriority     Priority = 0
	DefaultPriority Priority = 3 // of main and of what go starts
	MaxPriority     Priority = 7
)

// Task describes a goroutine to start.
type Task struct {
	Name     string   // in traces and reports
	Priority Priority // MaxPriority at most
	// Stack is memory for the stack, its guard and the goroutine's control block, which nothing else uses while the goroutine lives;
	// usually a package-level array. When it is nil, that memory is what the build has laid out for goroutines, or else the heap's: as much as the
	// compiler has found that the function needs, or the target's default where it has found no bound.
	Stack []byte
	// Contained says that a fault ends the goroutine alone: it is reported as always, with the goroutine's name, and the others go on. Deferred
	// calls do not run, and what it held is handed on: mutexes go to who waits for them. A fault inside the kernel, which the goroutine has
	// called, still ends the program, and so does a panic. An overflow of the stack is contained where hardware watches stacks (not
	// on Armv6-M and RISC-V).
	Contained bool
	// Cores are those that may run the goroutine: one, or all of them, which is what nothing says. On the host it is only checked.
	Cores Cores
}

// Goroutine is a reference to a goroutine, also when that has ended. The zero value refers to none.
type Goroutine struct {
	task task
}

// Go starts a goroutine that calls f; it runs at once if it is more urgent than the caller. It ends the program with a message
// when the priority is above MaxPriority, there are no such cores, or the stack is smaller than f needs. Not for handlers. Time: independent of the number of
// goroutines, with a given stack or one that was laid out.
func Go(t Task, f func()) Goroutine { return start(t, f, 0) }

// start is Go with the size of stack that the compiler has found for f; the compiler calls it in place of Go where it knows f.
func start(t Task, f func(), bound uintptr) Goroutine {
	if t.Priority > MaxPriority || !t.Cores.valid() {
		panic("rtos.Go: priority above MaxPriority, or no such cores")
	}
	return Goroutine{goTask(t, f, bound)}
}

// Self is the running goroutine. In a handler it is the one that was interrupted. ISR-safe.
func Self() Goroutine { return Goroutine{self()} }

// SetPriority changes the priority of g, and switches if that makes another goroutine the most urgent. What g holds mutexes for
// still lends it priority. It reports whether g has not ended. Not for handlers. Time: proportional to the number of goroutines.
func (g Goroutine) SetPriority(p Priority) bool {
	if p > MaxPriority {
		panic("rtos.SetPriority: priority above MaxPriority")
	}
	return g.task.setPriority(p)
}

// Priority is the priority of g now, with what mutexes lend it; 0 when it has ended.
func (g Goroutine) Priority() Priority { return g.task.priority() }

// Name is the name that Go gave g, empty when it has ended.
func (g Goroutine) Name() string { return g.task.name() }
