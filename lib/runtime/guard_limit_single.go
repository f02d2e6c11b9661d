//go:build mote && armv8m && !multicore

package runtime

func guardstart() {}

// setguard prepares the guard of a new stack.
func (gp *g) setguard() {}
