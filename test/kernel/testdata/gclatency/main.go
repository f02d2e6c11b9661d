// As latency, while the collector runs: the program allocates and drops, with enough alive that a collection takes a while.
package main

import (
	"runtime"

	"mote/test/kernel/testdata/timer"
)

type node struct{ left, right *node }

var keep, drop *node

func tree(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{tree(depth - 1), tree(depth - 1)}
}

func main() {
	keep = tree(11)
	runtime.GC()
	timer.Start()
	n := 0
	for !timer.Done() {
		runtime.GC()
		drop = tree(5)
		n++
	}
	println(n > 3, drop != nil)
}
