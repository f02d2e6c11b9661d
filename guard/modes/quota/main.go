// Quota gives the process a control group with half a CPU and wants a whole one: it stands still for half of each period.
package main

import (
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	var group harness.Group
	harness.Main(harness.Mode{
		Want:   []classify.Cause{classify.Throttled},
		Setup:  func() error { return group.Limit(0.5) },
		Undo:   group.Leave,
		Starve: func(stop *atomic.Bool) { go burn(stop) },
	})
}

func burn(stop *atomic.Bool) {
	for n := uint64(1); !stop.Load(); {
		n = n*6364136223846793005 + 1442695040888963407 // culprit
	}
}
