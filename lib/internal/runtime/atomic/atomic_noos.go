//go:build mote

package atomic

import "unsafe"

// Every function of this package without a body, here and in stubs.go, is an intrinsic of the compiler: an LLVM atomic
// instruction, sequentially consistent. Where the core cannot do one (64 bits; on v6-M everything but loads and stores)
// LLVM calls the __atomic_* routines of lib/builtins, which mask interrupts for a few instructions.
//
// The linknames let sync/atomic and other packages of std name these functions, as on Go's own ports.
//
// Safety: each linkname only makes the symbol public under its own name; signatures are the ones that sync/atomic declares.

// Loads.

//go:linkname Load
func Load(ptr *uint32) uint32

//go:linkname Loadp
func Loadp(ptr unsafe.Pointer) unsafe.Pointer

func Load8(ptr *uint8) uint8

//go:linkname Load64
func Load64(ptr *uint64) uint64

func LoadAcq(ptr *uint32) uint32

//go:linkname LoadAcquintptr
func LoadAcquintptr(ptr *uintptr) uintptr

// Stores.

//go:linkname Store
func Store(ptr *uint32, val uint32)

func Store8(ptr *uint8, val uint8)

//go:linkname Store64
func Store64(ptr *uint64, val uint64)

func StoreRel(ptr *uint32, val uint32)

//go:linkname StoreReluintptr
func StoreReluintptr(ptr *uintptr, val uintptr)

// StorepNoWB stores val in the pointer that ptr points to.
func StorepNoWB(ptr unsafe.Pointer, val unsafe.Pointer)

// Exchange and add.

//go:linkname Xchg
func Xchg(ptr *uint32, new uint32) uint32

func Xchg8(ptr *uint8, new uint8) uint8

//go:linkname Xchg64
func Xchg64(ptr *uint64, new uint64) uint64

//go:linkname Xchguintptr
func Xchguintptr(ptr *uintptr, new uintptr) uintptr

//go:linkname Xadd
func Xadd(ptr *uint32, delta int32) uint32

//go:linkname Xadd64
func Xadd64(ptr *uint64, delta int64) uint64

//go:linkname Xadduintptr
func Xadduintptr(ptr *uintptr, delta uintptr) uintptr

// Compare and swap.

//go:linkname Cas64
func Cas64(ptr *uint64, old, new uint64) bool

func CasRel(ptr *uint32, old, new uint32) bool

// Bit operations; those with a result return the old value.

func And8(ptr *uint8, val uint8)

func Or8(ptr *uint8, val uint8)

func And(ptr *uint32, val uint32)

func Or(ptr *uint32, val uint32)

//go:linkname And32
func And32(ptr *uint32, val uint32) uint32

//go:linkname Or32
func Or32(ptr *uint32, val uint32) uint32

//go:linkname And64
func And64(ptr *uint64, val uint64) uint64

//go:linkname Or64
func Or64(ptr *uint64, val uint64) uint64

//go:linkname Anduintptr
func Anduintptr(ptr *uintptr, val uintptr) uintptr

//go:linkname Oruintptr
func Oruintptr(ptr *uintptr, val uintptr) uintptr
