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
	if !c.valid() {
		panic("rtos.SetCores: no such cores")
	}
	return g.task.setCores(c)
}

// valid reports whether c is a set that the kernel can keep to: a core that there is, or all.
func (c Cores) valid() bool {
	all := Cores(1<<numCores() - 1)
	return c <= 1 || c == all || c < all && c&(c-1) == 0
}
