//go:build mote && !multicore

package runtime

// One core: whoever has locked the kernel is alone.

func stopWorld()    {}
func startWorld()   {}
func claimReport()  {}
func haltOthers()   {}
func resumeOthers() {}
