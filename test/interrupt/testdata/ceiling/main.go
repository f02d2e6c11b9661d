// Command ceiling looks at which handlers the kernel delays while it masks.
package main

import (
	"runtime/interrupt"
	_ "unsafe" // for go:linkname
)

// The kernel's own mask.

//go:linkname mask runtime.mask
func mask() struct{}

//go:linkname unmask runtime.unmask
func unmask(struct{})

func main() {
	above := interrupt.New(5, func(interrupt.Interrupt) { println("above the ceiling") })
	at := interrupt.New(6, func(interrupt.Interrupt) { println("at the ceiling") })
	below := interrupt.New(7, func(interrupt.Interrupt) { println("below the ceiling") })
	above.SetPriority(interrupt.Ceiling - 0x20)
	at.SetPriority(interrupt.Ceiling)
	for _, irq := range []interrupt.Interrupt{above, at, below} {
		irq.Enable()
	}
	m := mask()
	below.Pend()
	at.Pend()
	above.Pend()
	println("masked")
	unmask(m)
	println("done")
}
