// Manyhogs runs many endless loops, ten by default, for each processor: what becomes runnable waits behind that many slices of 10 ms and more.
package main

import (
	"flag"
	"hash/crc32"
	"runtime"
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	per := flag.Int("per", 10, "loops for each processor")
	harness.Main(harness.Mode{Want: []classify.Cause{classify.Hogs}, Starve: func(stop *atomic.Bool) {
		for i := 0; i < *per*runtime.GOMAXPROCS(0); i++ {
			go hash(stop)
		}
	}})
}

func hash(stop *atomic.Bool) {
	harness.Begin()
	block, sum := make([]byte, 4096), uint32(0)
	for !stop.Load() {
		sum = crc32.Update(sum, crc32.IEEETable, block) // culprit
	}
}
