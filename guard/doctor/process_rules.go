package doctor

import (
	"math"
	"strconv"
	"strings"
	"time"
)

func processRules() []Rule {
	return []Rule{
		{"procs/lowered", Warning, "fewer processors make goroutines wait longer; the rest is reserved for nothing", "remove GOMAXPROCS from the environment; give other programs their share by cgroup weight or nice"},
		{"procs/quota", Warning, "more processors than the quota pays for use it up at once and stand still for the rest of the period", "set GOMAXPROCS to the quota, rounded up, or build with Go 1.25 or later"},
		{"procs/invalid", Warning, "the runtime ignores a GOMAXPROCS that is not a positive number", "correct it or remove it"},
		{"quota/throttled", Warning, "in throttled periods no goroutine runs, whatever its priority, for up to a period (100 ms)", "raise the quota, or shed load before the handler's work"},
		{"quota/small", Info, "with less than one CPU even a single busy goroutine is stopped in each period", "raise the quota to one CPU at least, or shorten the period"},
		{"threads/many", Warning, "threads are made when system calls or cgo block; each holds memory, and the limit of 10,000 ends the process", "limit how many goroutines block in files, name look-ups or C at a time"},
		{"cpu/contended", Warning, "the process's threads were runnable and had no CPU: the scheduler of Go cannot help", "give the process more weight, or move other work from these CPUs"},
		{"cpu/nice", Info, "other processes go first when CPUs are busy", "start it with nice 0 unless it is background work"},
		{"cpu/policy", Warning, "threads of this policy run when nothing else wants the CPU", "use the ordinary policy, SCHED_OTHER"},
		{"collector/eager", Warning, "below 50 the collector runs more often than it needs, and takes processors and assists for it", "raise GOGC, and bound memory by GOMEMLIMIT"},
		{"collector/off", Info, "nothing is collected before memory runs out", "set GOMEMLIMIT as well"},
		{"collector/limit", Warning, "near its limit the collector runs without end, and goroutines that allocate must help", "raise GOMEMLIMIT, or use less memory"},
	}
}

// Thresholds of the process rules, chosen so that idle and ordinarily loaded services have no findings.
const (
	throttledShare = 0.05 // of the periods since the group was made
	contendedShare = 0.2  // of the time in which threads wanted a CPU
	contendedLeast = time.Second
	threadsPerCPU  = 16
	threadsLeast   = 64
	eagerPercent   = 50
	nearLimit      = 0.9
)

// Procs returns what GOMAXPROCS is by what can be seen from outside: the environment or the runtime's default. The program may have set another.
func (p *Process) Procs(b *Binary) (n int, source string) {
	if n, err := strconv.Atoi(p.Environment["GOMAXPROCS"]); err == nil && n > 0 {
		return n, "environment"
	}
	if !b.followsQuota(p.godebug()) || p.Group == nil || p.Group.Quota == 0 {
		return p.CPUs, "default: CPUs"
	}
	// At least 2 where there are that many CPUs; see GOMAXPROCS in the documentation of package runtime.
	return min(p.CPUs, max(2, int(math.Ceil(p.Group.Quota)))), "default: CPUs and quota"
}

func (p *Process) godebug() []string { return strings.Split(p.Environment["GODEBUG"], ",") }

// followsQuota tells whether the runtime takes the quota into account; the environment overrides what is built in.
func (b *Binary) followsQuota(environment []string) bool {
	follows := !b.Before("go1.25")
	for _, setting := range append(append([]string(nil), b.GODEBUG...), environment...) {
		if value, ok := strings.CutPrefix(setting, "containermaxprocs="); ok {
			follows = !b.Before("go1.25") && value != "0"
		}
	}
	return follows
}

// Check judges a process and its binary. Findings that need what could not be read are left out.
func (p *Process) Check(b *Binary) Result {
	r := Result{Process: p, Binary: b, Findings: []Finding{}}
	where := Place{File: p.Executable, PID: p.PID}
	for _, f := range b.Check().Findings {
		if (f.Rule == "release/quota" || f.Rule == "godebug/quota") && (p.Group == nil || p.Group.Quota == 0) {
			continue // it has no quota to ignore
		}
		f.Where = where
		r.Findings = append(r.Findings, f)
	}
	checkGODEBUG(&r, where, "GODEBUG in the environment", p.godebug())
	p.checkProcs(&r, where, b)
	p.checkGroup(&r, where)
	p.checkKernel(&r, where)
	p.checkCollector(&r, where)
	r.sort()
	return r
}

func (p *Process) checkProcs(r *Result, where Place, b *Binary) {
	value, set := p.Environment["GOMAXPROCS"]
	if n, err := strconv.Atoi(value); set && value != "" && (err != nil || n <= 0) {
		r.add("procs/invalid", where, "GOMAXPROCS=%q in the environment", value)
	}
	procs, source := p.Procs(b)
	least := p.CPUs
	if p.Group != nil && p.Group.Quota > 0 {
		least = min(least, int(math.Ceil(p.Group.Quota)))
		if procs > max(2, least) {
			r.add("procs/quota", where, "GOMAXPROCS is %d (%s) under a quota of %.2f CPUs", procs, source, p.Group.Quota)
		}
	}
	if source == "environment" && procs < least {
		r.add("procs/lowered", where, "GOMAXPROCS=%d in the environment, and %d CPUs to use", procs, least)
	}
}

func (p *Process) checkGroup(r *Result, where Place) {
	g := p.Group
	if g == nil {
		return
	}
	if g.Quota > 0 && g.Quota < 1 {
		r.add("quota/small", where, "the CPU quota is %.2f CPUs (%s)", g.Quota, g.Directory)
	}
	if g.Periods > 0 && float64(g.Throttled) > throttledShare*float64(g.Periods) {
		r.add("quota/throttled", where, "throttled in %d of %d periods, for %v in all (%s)", g.Throttled, g.Periods, g.Stopped.Round(time.Millisecond), g.Directory)
	}
}

func (p *Process) checkKernel(r *Result, where Place) {
	if limit := max(threadsLeast, threadsPerCPU*p.CPUs); p.Threads > limit {
		r.add("threads/many", where, "%d threads on %d CPUs", p.Threads, p.CPUs)
	}
	if wanted := p.Ran + p.Waited; p.Waited > contendedLeast && float64(p.Waited) > contendedShare*float64(wanted) {
		r.add("cpu/contended", where, "threads waited %v for a CPU and ran %v", p.Waited.Round(time.Millisecond), p.Ran.Round(time.Millisecond))
	}
	if p.Nice > 0 {
		r.add("cpu/nice", where, "nice value %d", p.Nice)
	}
	if p.Policy == "idle" {
		r.add("cpu/policy", where, "scheduling policy %s", p.Policy)
	}
}

func (p *Process) checkCollector(r *Result, where Place) {
	limit, limited := parseMemory(p.Environment["GOMEMLIMIT"])
	percent, err := strconv.Atoi(p.Environment["GOGC"])
	switch {
	case p.Environment["GOGC"] == "off" && !limited:
		r.add("collector/off", where, "GOGC=off without GOMEMLIMIT")
	case err == nil && percent >= 0 && percent < eagerPercent:
		r.add("collector/eager", where, "GOGC=%d", percent)
	}
	if limited && float64(p.Resident) > nearLimit*float64(limit) {
		r.add("collector/limit", where, "%d MiB resident, and GOMEMLIMIT=%s", p.Resident>>20, p.Environment["GOMEMLIMIT"])
	}
}

// parseMemory reads GOMEMLIMIT as package runtime does: bytes, with B, KiB, MiB, GiB or TiB.
func parseMemory(s string) (bytes int64, ok bool) {
	shift := 0
	for i, unit := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if number, found := strings.CutSuffix(s, unit); found {
			s, shift = number, 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(s, "B"), 10, 64)
	return n << shift, err == nil && n > 0 && n <= math.MaxInt64>>shift
}
