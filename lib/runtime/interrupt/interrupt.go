//go:build mote

// Package interrupt connects Go functions to the interrupts of the processor. Its API is TinyGo's.
//
// A handler is an ordinary function. The compiler writes it into the vector table, so an interrupt costs nothing but the
// processor's own entry:
//
//	func main() {
//		timer := interrupt.New(8, func(interrupt.Interrupt) { ticks.Add(1) })
//		timer.SetPriority(0x60)
//		timer.Enable()
//	}
//
// Handlers run on the handler stack, on top of whatever they interrupt. A handler and everything it can reach must neither
// allocate nor wait; mote refuses a program in which it might, with the line and the way there. A panic in a handler ends
// the program, deferred calls notwithstanding. print and println work in handlers; package rtos says which operations of the kernel do.
//
// The collector works while handlers run, and does not see pointers move meanwhile: a handler must not be what makes the only
// pointer to an object on the heap go from one place to another. Pointers to package-level variables are free to move.
//
// # Priorities
//
// A priority is a value from 0 to 255, and the smaller one interrupts the greater one. Processors implement the upper bits:
// two on Cortex-M0, three or more on the others. Values below Ceiling are never delayed by the kernel, so their handlers must not
// call it. Two interrupts whose implemented bits are equal do not interrupt each other.
package interrupt

// Ceiling is the most urgent priority whose handlers may call the kernel: it masks these, and only these, while it changes
// what they share. Cortex-M0 and RISC-V cannot mask a part of the interrupts, so there the kernel delays all of them.
const Ceiling = 0x40

// DefaultPriority is the priority that New gives.
const DefaultPriority = 0x80

// Interrupt is an interrupt with a handler. The zero value is not one.
type Interrupt struct {
	num int
}

// New makes handler the function that interrupt num runs and gives it the default priority; it is not enabled yet.
//
// The compiler reads the arguments: num is a constant, and handler names a function, a function literal that captures nothing, or a
// method of a package-level variable or of what lies in one (uarts[1].receive). All calls for one number must name the same
// handler. Where the program can reach the call, the handler is in the vector table from reset on.
func New(num int, handler func(Interrupt)) Interrupt {
	installed()
	i := Interrupt{num}
	i.SetPriority(DefaultPriority)
	return i
}

// installed does nothing; in package runtime, it says that the program has handlers.
func installed()

// Number is the number that the interrupt was made with.
func (i Interrupt) Number() int { return i.num }

// State is what Disable returns for Restore.
type State uintptr
