// Manyhogs runs ten endless loops for each processor: what becomes runnable waits behind ten slices of 10 ms and more.
package main

import (
	"hash/crc32"
	"runtime"
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	harness.Main(harness.Mode{Want: []classify.Cause{classify.Hogs}, Starve: func(stop *atomic.Bool) {
		for i := 0; i < 10*runtime.GOMAXPROCS(0); i++ {
			go hash(stop)
		}
	}})
}

func hash(stop *atomic.Bool) {
	block, sum := make([]byte, 4096), uint32(0)
	for !stop.Load() {
		sum = crc32.Update(sum, crc32.IEEETable, block) // culprit
	}
}
