package doctor

import "strings"

// newest is the newest Go release that this package knows. The Go project supports it and the one before.
const newest, supported = "go1.26", "go1.25"

const automaxprocs = "go.uber.org/automaxprocs"

func binaryRules() []Rule {
	return []Rule{
		{"release/preempt", Error, "before Go 1.14 a loop without calls cannot be interrupted: it stops the collector, and so every goroutine, until it ends",
			"build with a supported release"},
		{"release/old", Warning, "the Go project mends the two newest releases only", "build with a supported release"},
		{"release/quota", Warning, "before Go 1.25 GOMAXPROCS is the number of CPUs whatever the quota is: all processors run, use the quota up at once, and stand still for the rest of the period",
			"build with Go 1.25 or later (and a go line of 1.25), or set GOMAXPROCS to the quota, rounded up"},
		{"release/timers", Info, "before Go 1.23 timers and tickers that were forgotten live on", "build with Go 1.23 or later, or stop them"},
		{"build/race", Warning, "the race detector makes programs 2 to 20 times slower and 5 to 10 times larger", "build without -race for production"},
		{"build/unoptimised", Warning, "-N and -l turn off optimisation and inlining: several times the processor time", "build without them for production"},
		{"module/automaxprocs", Info, "since Go 1.25 the runtime follows the quota and its changes; automaxprocs sets GOMAXPROCS once and so turns that off", "remove the import"},
		{"godebug/preempt", Error, "with asyncpreemptoff=1 a loop without calls cannot be interrupted: it stops the collector, and so every goroutine, until it ends", "remove the setting"},
		{"godebug/timers", Info, "with asynctimerchan=1 timers and tickers that were forgotten live on, as before Go 1.23", "raise the go line in go.mod to 1.23, or stop timers"},
		{"godebug/quota", Warning, "GOMAXPROCS does not follow the CPU quota: processors use it up at once and stand still for the rest of the period",
			"raise the go line in go.mod to 1.25, or remove the setting"},
		{"godebug/collector", Error, "the collector stops the world for whole cycles, or never frees", "remove the setting: it is for debugging the runtime"},
		{"godebug/trace", Info, "the runtime writes to standard error as it goes, partly with the scheduler's lock held", "remove the setting when it is no longer needed"},
	}
}

// Check judges a binary by its build information.
func (b *Binary) Check() Result {
	r := Result{Binary: b, Findings: []Finding{}}
	where := Place{File: b.Path}
	b.checkRelease(&r, where)
	if b.Race {
		r.add("build/race", where, "built with the race detector")
	}
	for _, flag := range b.Flags {
		if value, ok := strings.CutPrefix(flag, "-gcflags="); ok && (hasWord(value, "-N") || hasWord(value, "-l")) {
			r.add("build/unoptimised", where, "built with -gcflags=%q", value)
		}
	}
	if module := b.uses(automaxprocs); module != "" && !b.Before("go1.25") {
		r.add("module/automaxprocs", where, "%s in a binary of %s", module, b.GoVersion)
	}
	checkGODEBUG(&r, where, "built-in GODEBUG", b.GODEBUG)
	r.sort()
	return r
}

func (b *Binary) checkRelease(r *Result, where Place) {
	switch {
	case b.Before("go1.14"):
		r.add("release/preempt", where, "built with %s, which does not interrupt loops", b.GoVersion)
	case b.Before(supported):
		r.add("release/old", where, "built with %s, which gets no more fixes (this command knows releases up to %s)", b.GoVersion, newest)
	}
	if b.Before("go1.25") && b.uses(automaxprocs) == "" {
		r.add("release/quota", where, "built with %s, which ignores CPU quotas, and without automaxprocs", b.GoVersion)
	}
	if b.Before("go1.23") {
		r.add("release/timers", where, "built with %s, which keeps forgotten timers", b.GoVersion)
	}
}

// hasWord tells whether flags, as given to -gcflags, has a flag of that name.
func hasWord(flags, word string) bool {
	for _, f := range strings.Fields(flags) {
		if _, after, ok := strings.Cut(f, "="); ok && strings.HasSuffix(f, word) {
			f = after // pattern=flag
		}
		if f == word {
			return true
		}
	}
	return false
}

// checkGODEBUG judges settings of the form key=value. A later one of the same key wins.
func checkGODEBUG(r *Result, where Place, source string, settings []string) {
	last := map[string]string{}
	for _, s := range settings {
		key, value, _ := strings.Cut(strings.TrimSpace(s), "=")
		last[key] = value
	}
	for _, s := range riskySettings {
		if value, ok := last[s.key]; ok && value != "" && value != s.harmless {
			r.add(s.rule, where, "%s has %s=%s", source, s.key, value)
		}
	}
}

// riskySettings are those of GODEBUG that make goroutines wait, with the value that does not.
var riskySettings = []struct{ key, harmless, rule string }{
	{"asyncpreemptoff", "0", "godebug/preempt"},
	{"asynctimerchan", "0", "godebug/timers"},
	{"containermaxprocs", "1", "godebug/quota"},
	{"updatemaxprocs", "1", "godebug/quota"},
	{"gcstoptheworld", "0", "godebug/collector"},
	{"sbrk", "0", "godebug/collector"},
	{"efence", "0", "godebug/collector"},
	{"gctrace", "0", "godebug/trace"},
	{"schedtrace", "0", "godebug/trace"},
	{"scheddetail", "0", "godebug/trace"},
	{"inittrace", "0", "godebug/trace"},
}
