//go:build mote && multicore

package runtime

// breathe lets handlers and other cores run in the middle of an operation. The channel may have changed then.
func (c *hchan) breathe(m maskState) {
	if !c.locked() {
		unmask(m)
		mask()
	}
}

// exhale and inhale do nothing: while an element is copied, nobody may see the channel who is not done before the operation goes on, as
// handlers of the same core are.
func (c *hchan) exhale(m maskState) {}
func (c *hchan) inhale()            {}
