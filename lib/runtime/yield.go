//go:build mote && (armv6m || riscv32 || multicore)

package runtime

// yieldTurn lets the next goroutine of the running one's priority run, if there is one.
func yieldTurn() {
	m := mask()
	gp := getg()
	if !rotate(gp) {
		unmask(m)
		return
	}
	leave(m)
}
