// Healthy is the control: requests that compute for a short time and arrive at random at 70 % of what the processors can do. No verdict is right but
// healthy. It tells how long its requests waited by their own clocks: with -service=1ms one in a hundred waits for more than 10 ms, by chance alone
// and because the kernel does, and is not healthy by that limit.
package main

import (
	"flag"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

func main() {
	service := flag.Duration("service", 200*time.Microsecond, "how long a request computes")
	var load harness.Load
	harness.Main(harness.Mode{
		Want:   []classify.Cause{classify.Healthy},
		Setup:  func() error { load = harness.NewLoad(0.7, *service); return nil },
		Starve: func(stop *atomic.Bool) { go load.Run(stop, harness.Begin) },
		Waits:  func() *harness.Waits { return load.Waits() },
	})
}
