// Package target holds what mote knows about architectures, chips and boards, as TOML data that inherits arch → chip → board.
//
// Nothing about a board stands in Go code. Start reading at Load and List.
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
	CFlags                                  []string // for assembly and C builtins: -march=..., -mfloat-abi=...
	LLDFlags                                []string // -mllvm -mcpu=..., -mllvm -mattr=...
	DataLayout                              string   // LLVM data layout of the triple
	HardFloat                               bool     // an FPU is there and the ABI passes floats in it
	Atomics                                 bool     // 32-bit atomic read-modify-write instructions exist (not on v6-M)
	Cores                                   int
	Flash                                   []Region // code and constants; the first holds the vector table
	RAM                                     []Region // the first holds .data, .bss, stacks and heap; a second one is more heap
	CPUHz                                   int64
	TickHz                                  int64
	IRQs                                    int      // number of external interrupts
	IRQNames                                []string // may be shorter than IRQs
	StackHandler, StackMain, StackGoroutine int64    // bytes
	Startup                                 []string // assembly files under lib/runtime/asm to build, e.g. "cortexm.S"
	Emulator                                Emulator // Program empty: build only
}

// Region is a range of the memory map.
type Region struct {
	Name   string
	Origin uint64
	Length uint64
}

// Emulator says how to boot an image of this target.
type Emulator struct {
	Program string   // "qemu-system-arm"
	Package string   // Debian package that has it
	Args    []string // machine and memory; the launcher adds -kernel, semihosting and display flags
}
