//go:build mote

// Package volatile reads and writes device registers.
//
// Every call is one load or store of exactly that width, in program order with the other volatile accesses; the compiler neither
// joins nor drops nor moves them. It says nothing about order with ordinary memory. All functions are ISR-safe and
// never allocate; a read and a write together (SetBits and the like) are not atomic. The API is TinyGo's, so that its
// device drivers compile.
package volatile

// The compiler writes these functions in line.
//
// Safety: addr must be the address of a register or of memory of that width, aligned to it.

// LoadUint8 reads 8 bits.
func LoadUint8(addr *uint8) (val uint8)

// LoadUint16 reads 16 bits.
func LoadUint16(addr *uint16) (val uint16)

// LoadUint32 reads 32 bits.
func LoadUint32(addr *uint32) (val uint32)

// LoadUint64 reads 64 bits, as two words on these processors.
func LoadUint64(addr *uint64) (val uint64)

// StoreUint8 writes 8 bits.
func StoreUint8(addr *uint8, val uint8)

// StoreUint16 writes 16 bits.
func StoreUint16(addr *uint16, val uint16)

// StoreUint32 writes 32 bits.
func StoreUint32(addr *uint32, val uint32)

// StoreUint64 writes 64 bits, as two words on these processors.
func StoreUint64(addr *uint64, val uint64)
