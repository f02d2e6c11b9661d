// Package slots decides for how many goroutines a program gets memory at build time, and of what sizes.
//
// A slot is the memory of one goroutine: stack, guard and control block (doc/spec/abi.md, "Slots"). There are as many as the capacity (-tasks), or
// as the program can start goroutines at all if the source shows that to be fewer, so that any goroutines up to the capacity find one. What
// needs stacks of different sizes has slots of different kinds where that takes less memory. Nothing is decided here about what the linker
// and the runtime make of it: see compiler/link (Reserve) and lib/runtime/taskslots.go. Start reading at Make.
package slots

import (
	"fmt"

	"mote/compiler/stack"
)

// Input is what a plan is made from. Sizes are in bytes.
type Input struct {
	Starts   []Start
	Report   *stack.Report
	Layout   Layout
	Capacity int64 // goroutines besides the first that are to find a slot
	Stated   bool  // the user has said so: less is an error
	Cores    int64
	Room     int64 // RAM for slots and what the heap gets
	NoHeap   bool
}

// Start is code that starts goroutines.
type Start struct {
	Entry string // symbol of the function that they begin with, empty when not known
	Named bool   // they have a name on their stack
	Times int64  // how often it can run at most
	Own   bool   // a goroutine of the runtime, which capacity does not count
}

// Layout is what the runtime makes of memory for a goroutine: constants of lib/runtime.
type Layout struct {
	Task    int64 // taskBytes
	Bounded int64 // boundedRoom
	Name    int64 // nameBytes
	Default int64 // size of a stack without a bound
	Spare   int64 // size of the spare stack
}

// Plan is the memory that goroutines of a program get at build time. The zero value is none.
type Plan struct {
	Capacity int64 // any goroutines up to this number find a slot, those that the runtime starts for itself not counted
	Spare    int64 // bytes of the spare stack, 0 when no goroutine has a bound
	Kinds    []Kind
	Of       map[string]int `json:"-"` // index into Kinds by the symbol of the first function; 0, the default, for all others
}

// Kind are slots of one size.
type Kind struct {
	Size, Count int64
	Largest     string // the function whose goroutines need that size, empty for the default size
}

// MaxKinds is how many kinds there can be: lib/runtime/proc.go has three bits for it.
const MaxKinds = 8

// Bytes is the memory of all slots and of the spare stack.
func (p *Plan) Bytes() int64 {
	n := p.Spare
	for _, k := range p.Kinds {
		n += k.Size * k.Count
	}
	return n
}

// heapShare is the part of the RAM, one in so many, that slots take unless the user has said how many there are to be: the rest is the heap's.
const heapShare = 4

// Make makes the plan. Its error, when the capacity that the user wants does not fit, is text for the user and a hint.
func Make(in Input) (*Plan, error) {
	demands := in.demands()
	p := in.plan(demands, in.Capacity)
	switch {
	case in.Stated && p.Bytes() > in.Room:
		return nil, in.tooLarge(p, demands)
	case in.Stated:
		return p, nil
	case in.NoHeap && p.Bytes() > in.Room:
		return in.plan(demands, 0), nil // exact stacks, made from the RAM that is left, go further
	case in.NoHeap:
		return p, nil
	}
	return in.largest(demands, in.Room/heapShare), nil
}

// largest is the plan of the largest capacity whose slots fit into room.
func (in Input) largest(demands []demand, room int64) *Plan {
	for n := in.Capacity; ; n-- {
		p := in.plan(demands, n)
		if n == 0 || p.Bytes()-p.Spare <= room {
			return p
		}
	}
}

func (in Input) tooLarge(p *Plan, demands []demand) error {
	text := fmt.Sprintf("-tasks=%d takes %d bytes of RAM and %d are left:", in.Capacity, p.Bytes(), in.Room)
	separator := ""
	for _, k := range p.Kinds {
		if k.Count == 0 {
			continue
		}
		text += fmt.Sprintf("%s %d slots of %d bytes", separator, k.Count, k.Size)
		if k.Largest != "" {
			text += " (" + k.Largest + ")"
		}
		separator = ","
	}
	if p.Spare > 0 {
		text += fmt.Sprintf(", %d bytes for panics and collections", p.Spare)
	}
	return &RoomError{Text: text, Fits: in.largest(demands, in.Room-p.Spare).Capacity}
}

// RoomError says that a stated capacity does not fit.
type RoomError struct {
	Text string
	Fits int64 // the largest capacity that does
}

// Error implements error.
func (e *RoomError) Error() string { return e.Text }
