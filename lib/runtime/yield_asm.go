//go:build mote && thumb && !armv6m && !multicore

package runtime

// yieldTurn lets the next goroutine of the running one's priority run, if there is one.
//
// Safety: in asm/cortexm_switch.S.
//
//mote:asm
func yieldTurn()
