//go:build !linux

package sense

import (
	"runtime"
	"time"
)

// None of these is known here.

func processCPU() (time.Duration, bool) { return 0, false }

func tickedCPU() (time.Duration, bool) { return 0, false }

func tickPeriod() time.Duration { return Unknown }

func affinity() int { return runtime.NumCPU() }
