//go:build mote

package runtime

import _ "unsafe" // for go:linkname

// exitPanic is the exit status of a program that a panic, a fault or a fatal error ended.
const exitPanic = 2

// dying counts fatal reports under way: a fault inside one ends the program at once. Only the core that reports writes it.
var dying uint32

// throw reports an error of the runtime itself, or a misuse from which a program cannot recover, and ends the program.
//
//go:noinline
func throw(s string) { fatal(s) }

// fatal reports an error that cannot be recovered from and ends the program with status 2.
//
//go:noinline
func fatal(s string) {
	startdying()
	printstring("fatal error: ")
	printstring(s)
	printnl()
	tracebackRunning(getpc(), getsp())
	exit(exitPanic)
}

// startdying begins a fatal report: no more switches. A second one on the same core ends the program, another core waits for what comes of the first.
func startdying() {
	lockSched()
	claimReport()
	haltOthers()
	if dying++; dying > 1 {
		exit(exitPanic)
	}
}

// Safety: body-less functions of these packages with the same signature.

//go:linkname sync_throw sync.throw
func sync_throw(s string) { throw(s) }

//go:linkname sync_fatal sync.fatal
func sync_fatal(s string) { fatal(s) }

//go:linkname internal_sync_throw internal/sync.throw
func internal_sync_throw(s string) { throw(s) }

//go:linkname internal_sync_fatal internal/sync.fatal
func internal_sync_fatal(s string) { fatal(s) }

//go:linkname cgroup_throw internal/runtime/cgroup.throw
func cgroup_throw(s string) { throw(s) }

//go:linkname rand_fatal crypto/rand.fatal
func rand_fatal(s string) { fatal(s) }

//go:linkname sysrand_fatal crypto/internal/sysrand.fatal
func sysrand_fatal(s string) { fatal(s) }

//go:linkname fips_fatal crypto/internal/fips140.fatal
func fips_fatal(s string) { fatal(s) }
