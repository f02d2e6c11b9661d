// Contended competes with other processes, eight of its own kind for each CPU.
package main

import (
	"os"
	"os/exec"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const rival = "GUARD_MODE_RIVAL"

func main() {
	if os.Getenv(rival) != "" {
		for start := time.Now(); time.Since(start) < time.Minute; {
		}
		return
	}
	var rivals []*exec.Cmd
	harness.Main(harness.Mode{
		Want: []classify.Cause{classify.Contended},
		Starve: func(stop *atomic.Bool) {
			rivals = start(8 * runtime.NumCPU())
			for i := 0; i < runtime.GOMAXPROCS(0); i++ {
				go serve(stop)
			}
		},
		Undo: func() error {
			for _, r := range rivals {
				r.Process.Kill()
				r.Wait()
			}
			return nil
		},
	})
}

func start(n int) (all []*exec.Cmd) {
	for i := 0; i < n; i++ {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), rival+"=1")
		if c.Start() == nil {
			all = append(all, c)
		}
	}
	return all
}

// serve needs a third of a CPU.
func serve(stop *atomic.Bool) {
	for !stop.Load() {
		for start := time.Now(); time.Since(start) < time.Millisecond; {
		}
		time.Sleep(2 * time.Millisecond)
	}
}
