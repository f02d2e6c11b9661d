// Package target holds what mote knows about architectures, chips and boards, as TOML data that inherits arch → chip → board.
//
// Nothing about a board stands in Go code. Start reading at Load and List. A file names the files it inherits from, which are
// read first; its own keys then replace theirs, except that tags add up and the tables of exceptions are merged.
package target

// Target is a board with everything it inherits filled in and checked.
type Target struct {
	Name                                    string // "mps2-an385"
	Description                             string
	CPU                                     string   // LLVM's name: "cortex-m3"
	Triple                                  string   // "thumbv7m-none-eabi"
	GOARCH                                  string   // "thumb" or "riscv32"
	Tags                                    []string // extra build tags: "armv7m", "fpu"
	Features                                string   // LLVM attribute string for "target-features", may be empty
	CFlags                                  []string // for assembly and C builtins: -mcpu=..., -mfloat-abi=...
	LLDFlags                                []string // -mllvm -mcpu=..., -mllvm -mattr=...
	DataLayout                              string   // LLVM data layout of the triple
	HardFloat                               bool     // an FPU is there and the ABI passes floats in it
	Atomics                                 bool     // 32-bit atomic read-modify-write instructions exist (not on v6-M)
	Cores                                   int
	Flash                                   []Region // code and constants; the first holds the vector table
	RAM                                     []Region // the first holds .data, .bss, stacks and heap; a second one is more heap
	Markers                                 uint64   // 16 free bytes of RAM where stores mark regions for the instruction counter; 0: none
	CPUHz                                   int64
	TickHz                                  int64
	Tasks                                   int64          // goroutines besides main's that can exist at a time in a program without a collector
	Exceptions                              map[int]string // Cortex-M system exceptions by number: 3 "HardFault"
	IRQs                                    int            // number of external interrupts
	IRQNames                                []string       // may be shorter than IRQs; empty for a reserved one
	StackHandler, StackMain, StackGoroutine int64          // bytes
	StackTest                               int64          // bytes for a goroutine in which a test runs; 0: as StackGoroutine
	Startup                                 []string       // patterns of assembly files under lib/runtime/asm: "cortexm_*.S"
	Emulator                                Emulator       // Program empty: build only
}

// Region is a range of the memory map.
type Region struct {
	Name   string `toml:"name"`
	Origin uint64 `toml:"origin"`
	Length uint64 `toml:"length"`
}

// End is the first address behind the region.
func (r Region) End() uint64 { return r.Origin + r.Length }

// Contains says whether all of [addr, addr+size) lies in the region.
func (r Region) Contains(addr, size uint64) bool {
	return addr >= r.Origin && size <= r.Length && addr-r.Origin <= r.Length-size
}

// Emulator says how to boot an image of this target.
type Emulator struct {
	Program string   `toml:"program"` // "qemu-system-arm"
	Package string   `toml:"package"` // Debian package that has it
	Args    []string `toml:"args"`    // machine and memory; the launcher adds -kernel, semihosting and display flags
}

// Thumb says whether this is a Cortex-M with a vector table, otherwise it is RISC-V.
func (t *Target) Thumb() bool { return t.GOARCH == "thumb" }

// Vectors is the number of words in the vector table: initial SP, 15 system exceptions and the interrupts. 0 on RISC-V.
func (t *Target) Vectors() int {
	if !t.Thumb() {
		return 0
	}
	return 16 + t.IRQs
}

// VectorAlign is the alignment VTOR asks of the table: the next power of two of its size, at least 128 bytes.
func (t *Target) VectorAlign() uint64 {
	align := uint64(128)
	for align < 4*uint64(t.Vectors()) {
		align *= 2
	}
	return align
}

// Total adds up the lengths of regions.
func Total(regions []Region) uint64 {
	var n uint64
	for _, r := range regions {
		n += r.Length
	}
	return n
}
