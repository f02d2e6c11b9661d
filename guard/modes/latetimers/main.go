//go:build linux

// Latetimers lets the kernel wake all threads of the process up to 60 ms late (timer slack, as power saving settings give it to services): timers
// fire late although processors are idle. No function of the program is to blame.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const slack = 60 * time.Millisecond

func main() {
	harness.Main(harness.Mode{
		Want:   []classify.Cause{classify.LateTimers},
		Setup:  func() error { return setSlack(0) },
		Starve: func(stop *atomic.Bool) { go keep(stop) },
	})
}

// keep sets the slack again and again, for threads that come later.
func keep(stop *atomic.Bool) {
	for !stop.Load() {
		setSlack(slack)
		time.Sleep(100 * time.Millisecond)
	}
}

// setSlack sets the slack of all threads; 0 is the default of 50 µs.
func setSlack(d time.Duration) error {
	tasks, err := filepath.Glob("/proc/self/task/*")
	if err != nil {
		return err
	}
	for _, t := range tasks {
		name := filepath.Join("/proc", filepath.Base(t), "timerslack_ns")
		if err := os.WriteFile(name, []byte(fmt.Sprint(d.Nanoseconds())), 0o644); err != nil && !os.IsNotExist(err) {
			return fmt.Errorf("%w: %w", harness.ErrUnavailable, err)
		}
	}
	return nil
}
