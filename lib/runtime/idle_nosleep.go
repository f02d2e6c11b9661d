//go:build mote && mote.nosleep

package runtime

// sleepsIdle is false for debug probes that lose a sleeping processor, and where the time in an emulator is to be that of instructions alone.
const sleepsIdle = false
