package main

import "runtime/interrupt"

func handle(interrupt.Interrupt) {}

type device struct{ n int }

func (d *device) handle(interrupt.Interrupt) { d.n++ }
func (d device) byValue(interrupt.Interrupt) {}

var (
	devices [2]device
	list    []device
	outer   struct {
		name string
		device
	}
)

func choose(n int) func(interrupt.Interrupt) {
	if n > 0 {
		return handle
	}
	return nil
}

func install(f func(int, func(interrupt.Interrupt)) interrupt.Interrupt) { f(1, handle) }

func main() {
	interrupt.New(3, handle)
	interrupt.New(3, handle)
	interrupt.New(3, func(interrupt.Interrupt) {}) // ERROR interrupt 3.* has a handler already, main.handle at install.go:31
	n := len(devices)
	interrupt.New(n+1, handle)                          // ERROR the number of the interrupt in a call of interrupt.New is not constant
	interrupt.New(-1, handle)                           // ERROR interrupt -1 is out of range
	interrupt.New(0, handle)                            // ERROR(riscv-virt) interrupt 0 is out of range: riscv-virt has 1 to 95
	interrupt.New(500, handle)                          // ERROR interrupt 500 is out of range: .* has [01] to
	interrupt.New(4, func(interrupt.Interrupt) { n++ }) // ERROR captures n
	interrupt.New(5, nil)                               // ERROR is nil
	interrupt.New(6, choose(n))                         // ERROR is a value that the compiler does not know
	d := &device{n}
	interrupt.New(7, d.handle) // ERROR is a method of a value that only the running program has
	interrupt.New(8, devices[1].handle)
	interrupt.New(8, devices[1].handle)
	interrupt.New(8, devices[0].handle)  // ERROR interrupt 8.* has a handler already, main.\(\*device\).handle
	interrupt.New(11, devices[n].handle) // ERROR is a method of a value that only the running program has
	interrupt.New(12, outer.handle)
	interrupt.New(13, list[0].handle)    // ERROR is a method of a value that only the running program has
	interrupt.New(9, devices[0].byValue) // ERROR is a method of a value that only the running program has
	install(interrupt.New)               // ERROR interrupt.New is used as a value
	defer interrupt.New(10, handle)      // ERROR interrupt.New is used as a value
	println(n, d.n)
}
