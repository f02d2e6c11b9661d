//go:build mote && (armv6m || riscv32)

package runtime

import _ "unsafe" // for go:linkname

// vectorUnsupported is what setvector returns; see vector.go.
const vectorUnsupported = 4

// setvector can do nothing: Cortex-M0 has no VTOR, and RISC-V no table.
//
//go:linkname setvector mote/rtos.setVector
func setvector(irq int, code uintptr) int { return vectorUnsupported }
