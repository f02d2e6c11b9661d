package rtos

// Cores is a set of the processor's cores: bit n is core n. The zero value is all of them.
type Cores uint8

// OnCore is the set of one core.
func OnCore(n int) Cores { return 1 << n }

// NumCores is the number of cores that run goroutines.
func NumCores() int { return numCores() }

// Core is the core that runs the caller. Unless the goroutine is on one core only, the answer can be outdated by the time that it is used.
// ISR-safe.
func Core() int { return currentCore() }

// SetCores changes the cores that may run g; it moves at once if it runs on another one. The set names one core or all of them. It reports
// whether g has not ended. Not for handlers. Time: proportional to the number of goroutines.
func (g Goroutine) SetCores(c Cores) bool {
	c.check("rtos.SetCores: ")
	return g.task.setCores(c)
}

// check panics unless c is a set that the kernel can keep to.
func (c Cores) check(what string) {
	if c != 0 {
		c.checkSet(what)
	}
}

//go:noinline
func (c Cores) checkSet(what string) {
	all := Cores(1<<numCores() - 1)
	if c != all && (c&^all != 0 || c&(c-1) != 0) {
		panic(what + "a set of cores is one core of the processor or all of them")
	}
}
