//go:build mote && !multicore

package runtime

// breathe lets handlers run in the middle of an operation. The channel may have changed then, but only through them.
func (c *hchan) breathe(m maskState) {
	c.exhale(m)
	c.inhale()
}

// exhale and inhale let handlers run while an element is copied.
func (c *hchan) exhale(m maskState) {
	if !c.locked() {
		unmask(m)
	}
}

func (c *hchan) inhale() {
	if !c.locked() {
		mask()
	}
}
