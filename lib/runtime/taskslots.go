//go:build mote

package runtime

import (
	"internal/kernel/ready"
	"unsafe"
)

// A slot is memory for the stack and the control block of a goroutine. The build lays out as many as the program may have goroutines: -tasks
// says how many (compiler/slots). A goroutine takes a slot, in a time that does not depend on how many there are and without the heap, and gives it
// back when it ends. Only when none is left its stack is on the heap.

// slots are those of one kind, each large enough for any goroutine that has that kind.
type slots struct {
	size uintptr    // of one
	next uintptr    // the first that has never been taken
	end  uintptr    // of all
	free ready.List // those that have been given back, by the dead goroutine there
}

// taskSlots are the slots by kind; kind 0 are those for goroutines of the default size.
//
// Safety: the linker script places it, filled in, as long as the kinds that the program has. Under lockSched.
//
//mote:symbol _task_slots
var taskSlots [stackKinds>>1 + 1]slots

// slotsFor are the slots for goroutines with this size of stack, as newproc has it.
func slotsFor(stack uintptr) *slots { return &taskSlots[stack&stackKinds>>1] }

// left reports whether there is a slot that nobody has.
//
//mote:unchecked
func (s *slots) left() bool { return s.next != s.end || s.free.First() != nil }

// take takes a slot for a stack block of size bytes and returns where its control block is, nil when there is none or it is too small.
//
// Safety: next is in the memory that the linker script has laid out for slots.
//
//mote:unchecked
func (s *slots) take(size uintptr) *g {
	if size > s.size {
		return nil
	}
	var before *ready.Node
	for n := s.free.First(); n != nil; before, n = n, n.Next {
		if gp := taskOf(n); gp.left() { // on one core the first; on several all but one for each other core
			s.free.RemoveAfter(before)
			return gp
		}
	}
	if s.next == s.end {
		return nil
	}
	s.next += s.size
	gp := (*g)(unsafe.Pointer(s.next - taskBytes))
	enlist(gp)
	return gp
}
