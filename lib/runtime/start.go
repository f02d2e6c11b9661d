//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// The order of life of a program: Reset_Handler (asm/*_start.S) → start → main → runtime_inittasks → main.main → exit.
// Goroutine 1 runs all of it, on the stack that the linker script gives it; its control block is static. So a program
// that never blocks and starts no goroutine links nothing of the scheduler (see schedstart).

// start is where Reset_Handler jumps to, with .data, .bss and the FPU ready.
//
//mote:root
func start() {
	lo, hi := addressOf(&mainStackBottom), addressOf(&mainStackTop)
	g1.guard = guardOf(hi - lo)
	g1.stackLo = alignUp(lo, guardBytes(g1.guard))
	g1.stackHi = hi
	setmain()
	g1.setguard()
	paintstacks()
	guardstart()
	g1.watch()
	main()
}

// main runs goroutine 1.
func main() {
	runtime_inittasks()
	main_main()
	exit(0)
}

// runtime_inittasks runs the initialisers and init functions that remain for run time.
//
// Safety: the compiler writes its body.
func runtime_inittasks()

// Safety: main.main is the entry of every program.
//
//go:linkname main_main main.main
func main_main()
