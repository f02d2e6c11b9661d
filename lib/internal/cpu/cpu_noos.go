//go:build mote

package cpu

// CacheLinePadSize is the distance that keeps two variables out of one cache line. These cores have no data cache that
// another core could invalidate, so padding would only waste RAM.
const CacheLinePadSize = 0

// doinit would detect optional features at run time; the target's data fixes them at build time.
func doinit() {}
