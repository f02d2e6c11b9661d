// Command nesting has handlers that request others: only a more urgent one runs at once.
package main

import "runtime/interrupt"

var (
	low, same, middle, high interrupt.Interrupt

	again bool // low has run before
)

func main() {
	low = interrupt.New(6, runLow)
	same = interrupt.New(7, func(interrupt.Interrupt) { println("same") })
	middle = interrupt.New(8, runMiddle)
	high = interrupt.New(9, func(interrupt.Interrupt) { println("  high") })
	low.SetPriority(0xc0)
	same.SetPriority(0xc0)
	middle.SetPriority(0x80)
	high.SetPriority(0x40)
	for _, irq := range []interrupt.Interrupt{low, same, middle, high} {
		irq.Enable()
	}
	low.Pend()
	println("done")
}

func runLow(interrupt.Interrupt) {
	if again {
		println("low again")
		return
	}
	again = true
	println("low begins")
	same.Pend()
	println("one of the same priority waits")
	middle.Pend()
	println("low ends")
}

func runMiddle(interrupt.Interrupt) {
	println(" middle begins")
	high.Pend()
	low.Pend()
	masked()
	println(" middle ends")
}

// masked keeps a more urgent interrupt back for a while.
func masked() {
	state := interrupt.Disable()
	high.Pend()
	println(" masked")
	interrupt.Restore(state)
}
