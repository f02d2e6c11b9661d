//go:build unix

package load

import (
	"time"

	"golang.org/x/sys/unix"
)

// usage is the CPU time that this process has used.
func usage() time.Duration {
	var r unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &r) != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
