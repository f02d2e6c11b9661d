//go:build !linux

package load

import "time"

// pauseThread sleeps.
func pauseThread(d time.Duration) { time.Sleep(d) }
