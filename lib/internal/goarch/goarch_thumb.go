//go:build mote && thumb

package goarch

// What goarch.go asks of each architecture. There are no pages, so their size is the granule of the smallest MPU region;
// instructions are 2 or 4 bytes long; the ABI (AAPCS) aligns the stack to 8 bytes at calls.
const (
	_ArchFamily          = ARM
	_DefaultPhysPageSize = 1024
	_PCQuantum           = 2
	_MinFrameSize        = 0
	_StackAlign          = 8
)
