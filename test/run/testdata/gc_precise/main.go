// Gc_precise proves that the collector follows the pointer fields of objects and nothing else: a number that looks like a pointer keeps
// nothing alive, whether it is in an object without pointers or beside a pointer that does.
package main

import (
	"runtime"
	"unsafe"
	"weak"
)

// count is how many objects each kind of reference is tried with. Stacks are scanned conservatively: a few of the dead may stay.
const count, few = 24, 4

type target [6]int

// mixed has numbers before, between and behind its pointers.
type mixed struct {
	before  uintptr
	pointer *target
	between [2]uintptr
	second  unsafe.Pointer
	behind  uint64
}

// lists is an array of structs in an object: the mask repeats.
type lists [3]mixed

var (
	objects [count]*mixed
	rows    [count]*lists
	numbers []uintptr
	boxed   [count]any
	table   = map[int]uintptr{}
	slices  = make([]mixed, count)
)

// watched is a set of objects by weak pointers.
type watched struct {
	name string
	weak [count]weak.Pointer[target]
}

// make makes object number i of the set.
//
//go:noinline
func (w *watched) make(i int) *target {
	t := &target{i}
	w.weak[i] = weak.Make(t)
	return t
}

// hidden makes one and returns its address as a number.
//
//go:noinline
func (w *watched) hidden(i int) uintptr { return uintptr(unsafe.Pointer(w.make(i))) }

func (w *watched) report() {
	alive := 0
	for i := range w.weak {
		if t := w.weak[i].Value(); t != nil && t[0] == i {
			alive++
		}
	}
	switch {
	case alive == count:
		println(w.name, "all alive")
	case alive <= few:
		println(w.name, "dead")
	default:
		println(w.name, alive, "alive")
	}
}

var pointed, second, element, inSlice = watched{name: "pointer field"}, watched{name: "unsafe.Pointer field"},
	watched{name: "pointer in an array of structs"}, watched{name: "pointer in a slice of structs"}

var number, behind, arrayNumber, bare, inBox, inMap = watched{name: "number before a pointer"}, watched{name: "64-bit number behind pointers"},
	watched{name: "number in an array of structs"}, watched{name: "number in a slice"}, watched{name: "number in an interface"},
	watched{name: "number in a map"}

//go:noinline
func fill() {
	numbers = make([]uintptr, count)
	for i := range count {
		objects[i] = &mixed{before: number.hidden(i), pointer: pointed.make(i), second: unsafe.Pointer(second.make(i)),
			behind: uint64(behind.hidden(i))}
		rows[i] = &lists{2: {between: [2]uintptr{1: arrayNumber.hidden(i)}, pointer: element.make(i)}}
		numbers[i] = bare.hidden(i)
		boxed[i] = inBox.hidden(i)
		table[i] = inMap.hidden(i)
		slices[i].pointer = inSlice.make(i)
	}
}

// overwrite clears the stack that fill has used.
//
//go:noinline
func overwrite(n int) int {
	var words [40]int
	if n > 0 {
		words[n] = overwrite(n - 1)
	}
	return words[n/2]
}

func main() {
	fill()
	overwrite(12)
	runtime.GC()
	runtime.GC()
	for _, w := range []*watched{&pointed, &second, &element, &inSlice, &number, &behind, &arrayNumber, &bare, &inBox, &inMap} {
		w.report()
	}
	holders := 0 // everything is still read: a compiler may drop what nobody reads
	for i := range count {
		if objects[i].before != 0 && rows[i][2].between[1] != 0 && numbers[i] != 0 && boxed[i] != nil && table[i] != 0 && slices[i].pointer != nil &&
			objects[i].pointer[0] == i && rows[i][2].pointer[0] == i && (*target)(objects[i].second)[0] == i && objects[i].behind != 0 {
			holders++
		}
	}
	println(holders)
}
