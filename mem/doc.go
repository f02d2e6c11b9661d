// Package mem gives firmware memory that needs no collector: pools of blocks of one type, and regions that are released as a whole.
//
//	var backing [32]mem.Block[Packet]
//	var packets mem.Pool[Packet]
//
//	func main() {
//		packets.Init(backing[:])
//		...
//		p := packets.Get()
//		if p == nil {
//			... // all 32 are in use
//		}
//		packets.Put(p)
//	}
//
// The memory is the program's own, named at build time; nothing here allocates. What a program asks for too much it does not get: Get,
// New and their like return nil. What a program must never do, it is told by a panic with an Error: put a block twice, put what is
// no block, release what was released before.
//
// Which calls are for handlers of interrupts too is said with each, as ISR-safe: those mask interrupts up to the kernel's ceiling for a
// dozen instructions. The source is the same on the host, where go test and the race detector see it; there a mutex takes the place of the mask.
//
// Trace, called at the beginning, keeps a record of every block and piece from then on, and Held lists what has not been given
// back. A program that does not mention Trace has no instruction for it.
//
// Start reading at Pool.
package mem

// Error is what a misuse of this package panics with.
type Error string

func (e Error) Error() string { return string(e) }

// The misuses.
const (
	ErrPutTwice  Error = "mem: Put of a block that is not in use"
	ErrForeign   Error = "mem: Put of a pointer that is not one of the pool's blocks"
	ErrRelease   Error = "mem: Release of a mark that is no longer valid"
	ErrInitTwice Error = "mem: Init of a pool that has blocks in use"
)
