//go:build !linux

package sense

import (
	"runtime"
	"time"
)

// processCPU is not known here.
func processCPU() (time.Duration, bool) { return 0, false }

func pause(time.Duration) bool { return false }

func affinity() int { return runtime.NumCPU() }
