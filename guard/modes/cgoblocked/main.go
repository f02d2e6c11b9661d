//go:build cgo

// Cgoblocked sleeps in C: each call keeps a thread that Go can't use.
package main

// #include <unistd.h>
import "C"

import (
	"sync/atomic"

	"github.com/mote-go/mote/guard/classify"
	"github.com/mote-go/mote/guard/modes/harness"
)

const callers = 200

func main() {
	harness.Main(harness.Mode{Want: []classify.Cause{classify.Blocked}, Starve: func(stop *atomic.Bool) {
		for i := 0; i < callers; i++ {
			go call(stop)
		}
	}})
}

func call(stop *atomic.Bool) {
	for !stop.Load() {
		C.usleep(500_000) // culprit
	}
}
