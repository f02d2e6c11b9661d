//go:build mote && riscv32

package goarch

// What goarch.go asks of each architecture. There are no pages, so their size is a granule that PMP can express;
// instructions are 2 or 4 bytes long (C extension); the psABI aligns the stack to 16 bytes at calls.
const (
	_ArchFamily          = RISCV64
	_DefaultPhysPageSize = 1024
	_PCQuantum           = 2
	_MinFrameSize        = 0
	_StackAlign          = 16
)
