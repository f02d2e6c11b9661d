//go:build mote && thumb && !multicore

package interrupt

// coreState says where a goroutine was before toCore: nothing, on one core.
type coreState struct{}

func toCore() coreState  { return coreState{} }
func fromCore(coreState) {}
