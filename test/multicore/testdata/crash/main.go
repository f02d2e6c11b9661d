// Command crash fails on core 1 while core 0 works.
package main

import (
	"os"
	"sync/atomic"

	"mote/rtos"
)

func main() {
	var work atomic.Uint32
	rtos.Go(rtos.Task{Name: "culprit", Priority: 5, Cores: rtos.OnCore(1)}, func() {
		for work.Load() < 1000 {
		}
		fail(os.Args[1])
	})
	for {
		work.Add(1)
	}
}

//go:noinline
func fail(how string) {
	var none *[4]int
	switch how {
	case "panic":
		panic("on core 1")
	case "nil":
		none[2]++
	case "exit":
		os.Exit(3)
	}
	deeper(0)
}

func deeper(n int) int {
	var big [64]int
	big[n%64] = n
	return deeper(n+1) + big[n%7]
}
