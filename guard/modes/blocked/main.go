//go:build linux

// Blocked reads from pipes that nobody writes to, with system calls that the network poller knows nothing of: each read keeps a thread.
package main

import (
	"sync/atomic"
	"syscall"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const readers = 200

func main() {
	var ends [2]int
	harness.Main(harness.Mode{
		Want:  []classify.Cause{classify.Blocked},
		Setup: func() error { return syscall.Pipe(ends[:]) },
		Starve: func(*atomic.Bool) {
			for i := 0; i < readers; i++ {
				go wait(ends[0])
			}
		},
	})
}

func wait(fd int) {
	var b [1]byte
	syscall.Read(fd, b[:]) // culprit
}
