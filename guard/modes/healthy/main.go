// Healthy is the control: requests of 1 ms of computing that arrive at random at 70 % of what the processors can do. No verdict is right but healthy.
package main

import (
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	var load harness.Load
	harness.Main(harness.Mode{
		Want:   []classify.Cause{classify.Healthy},
		Setup:  func() error { load = harness.NewLoad(0.7); return nil },
		Starve: func(stop *atomic.Bool) { go load.Run(stop, nil) },
	})
}
