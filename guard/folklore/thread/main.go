// Thread measures what runtime.LockOSThread does for a goroutine: whether it is served sooner beside hogs, and what a switch to and from it costs.
package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/mote-go/mote/guard/folklore/probe"
)

func main() {
	fmt.Printf("%s, GOMAXPROCS %d\n", runtime.Version(), runtime.GOMAXPROCS(0))
	var free, locked probe.Delays
	for range make([]struct{}, 5) {
		free = append(free, late(false, 400*time.Millisecond)...)
		locked = append(locked, late(true, 400*time.Millisecond)...)
	}
	fmt.Printf("beside 8 hogs, not locked: late by %v\nbeside 8 hogs, locked:     late by %v\n", free, locked)
	fmt.Printf("switch not locked: %v\nswitch locked:     %v\n", turn(false, 200_000), turn(true, 20_000))
}

// late measures requests of a goroutine, beside hogs.
func late(lock bool, length time.Duration) probe.Delays {
	h := probe.StartHogs(8)
	defer h.Stop()
	delays := make(chan probe.Delays)
	go func() {
		if lock {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
		}
		delays <- probe.Requests(length)
	}()
	return <-delays
}

// turn measures how long it takes to hand a token to another goroutine, with one of the two locked to its thread or neither.
func turn(lock bool, turns int) time.Duration {
	to, back := make(chan int), make(chan int)
	go func() {
		if lock {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
		}
		for token := range to {
			back <- token
		}
		close(back)
	}()
	start := time.Now()
	for i := 0; i < turns; i++ {
		to <- i
		<-back
	}
	length := time.Since(start)
	close(to)
	<-back
	return length / time.Duration(2*turns)
}
