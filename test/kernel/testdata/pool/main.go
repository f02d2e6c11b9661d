// A block of 128 bytes is taken from a pool and put back.
package main

import (
	"mote/mem"
	"mote/test/kernel/testdata/mark"
)

type block [128]byte

var (
	backing [32]mem.Block[block]
	blocks  mem.Pool[block]
	refused int
)

// pass is what a user would write.
func pass() {
	b := blocks.Get()
	if b == nil {
		refused++
		return
	}
	blocks.Put(b)
}

func main() {
	blocks.Init(backing[:])
	for range 64 {
		mark.Start()
		pass()
		mark.Stop()
	}
	println(refused)
}
