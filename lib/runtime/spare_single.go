//go:build mote && !multicore

package runtime

// toSpare and fromSpare carry what lies on a goroutine's stack to the spare one and back: on one core, nothing does.
func toSpare()   {}
func fromSpare() {}

// guardSpare makes the guard of the spare stack that of gp.
func (gp *g) guardSpare() {
	gp.setguard()
	gp.watch()
}
