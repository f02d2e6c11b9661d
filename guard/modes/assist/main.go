// Assist allocates faster than the collector can mark a large live heap of pointers, so that the goroutines that allocate have to mark themselves.
package main

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

// node is one of a live tree with nothing but pointers, the work of the collector.
type node struct{ children [4]*node }

const depth = 10 // 4 to the 10th: a million nodes

func main() {
	live := grow(depth)
	harness.Main(harness.Mode{Want: []classify.Cause{classify.GCPressure}, Starve: func(stop *atomic.Bool) {
		debug.SetGCPercent(5)
		for i := 0; i < 8*runtime.GOMAXPROCS(0); i++ {
			go churn(stop)
		}
	}})
	runtime.KeepAlive(live)
}

func grow(depth int) *node {
	n := &node{}
	if depth > 0 {
		for i := range n.children {
			n.children[i] = grow(depth - 1)
		}
	}
	return n
}

func churn(stop *atomic.Bool) {
	var keep [1024]*node
	for i := 0; !stop.Load(); i++ {
		keep[i%len(keep)] = &node{children: [4]*node{keep[(i+1)%len(keep)]}} // culprit
	}
}
