// Thread-Metric, memory allocation: a task takes a block of 128 bytes and releases it. An iteration is a pair.
package main

import (
	"mote/mem"
	"mote/test/kernel/testdata/mark"
)

type block [128]byte

var (
	backing [16]mem.Block[block]
	blocks  mem.Pool[block]
	counter uint32
)

func main() {
	blocks.Init(backing[:])
	for n := range 401 {
		if n == 1 {
			mark.Start()
		}
		b := blocks.Get()
		if b == nil {
			break
		}
		blocks.Put(b)
		counter++
	}
	mark.Stop()
	println(counter)
}
