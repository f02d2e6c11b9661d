// Command both has goroutines on both cores that write where nothing is, at the same instant; with the argument "contained" they do so again and again and
// the others go on.
package main

import (
	"os"
	"sync/atomic"
	"unsafe"

	"mote/rtos"
)

// rounds is how often two contained goroutines fail together.
const rounds = 50

// nowhere is an address without memory on mps2-an521.
const nowhere = 0xc0000000

var (
	here [2]atomic.Uint32 // how many goroutines of each core have come
	at   uintptr          = nowhere
)

// meet waits until the goroutine of the other core has come as often as this one.
func meet(core int) {
	turn := here[core].Add(1)
	for here[1-core].Load() < turn {
	}
}

func start(core int, contained bool) rtos.Goroutine {
	name := [2]string{"left", "right"}[core]
	return rtos.Go(rtos.Task{Name: name, Priority: 5, Cores: rtos.OnCore(core), Contained: contained}, func() {
		meet(core)
		*(*uint32)(unsafe.Pointer(at)) = 1
	})
}

func main() {
	contained := len(os.Args) > 1
	for range rounds {
		// The one of the other core first: the one of this core runs at once.
		other := 1 - rtos.Core()
		a := start(other, contained)
		b := start(1-other, contained)
		for a.Name() != "" || b.Name() != "" {
			rtos.Yield()
		}
	}
	println("went on")
}
