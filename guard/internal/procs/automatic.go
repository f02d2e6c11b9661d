//go:build go1.25

package procs

import "runtime"

func (real) automatic() (n int, ok bool) {
	runtime.SetDefaultGOMAXPROCS()
	return runtime.GOMAXPROCS(0), true
}
