//go:build mote && (armv6m || riscv32)

package runtime

// yieldTurn lets the next goroutine of the running one's priority run, if there is one.
func yieldTurn() {
	m := mask()
	gp := getg()
	if !schedState.queue.Rotate(&gp.link, gp.priority) {
		unmask(m)
		return
	}
	leave(m)
}
