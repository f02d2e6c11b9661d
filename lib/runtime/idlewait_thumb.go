//go:build mote && thumb && !multicore

package runtime

// idlewait sleeps until the next interrupt, unless something has become ready. Whatever comes between the look and the sleep is pending
// then and ends the sleep at once, though its handler runs only behind it: PRIMASK holds it back, for some 10 instructions, also above
// the ceiling, since BASEPRI would let the processor sleep on (Armv7-M ARM B1.5.19).
func idlewait() {
	interruptsOff()
	if schedState.queue.First() == nil {
		waitForInterrupt()
	}
	interruptsOn()
}
