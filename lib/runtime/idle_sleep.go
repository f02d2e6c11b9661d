//go:build mote && !mote.nosleep

package runtime

// sleepsIdle is whether the processor sleeps while nothing can run.
const sleepsIdle = true
