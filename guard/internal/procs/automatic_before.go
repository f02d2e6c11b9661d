//go:build !go1.25

package procs

// automatic is not there: before Go 1.25, GOMAXPROCS was chosen once, at the start.
func (real) automatic() (n int, ok bool) { return 0, false }
