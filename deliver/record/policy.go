package record

import (
	"fmt"
	"maps"
	"math"
	"path"
	"slices"
	"strings"

	"mote/deliver/policy"
)

// runtimeCalls are what Go's runtime makes under conditions that no workload brings about for certain: memory that gets short, a thread that ends, a
// signal that interrupts, a debugger's or a profile's timer. Without them a program would fail long after it was recorded.
func runtimeCalls() []string {
	return []string{
		"brk", "clock_gettime", "clock_nanosleep", "close", "epoll_ctl", "epoll_pwait", "eventfd2", "exit", "exit_group", "fcntl", "futex", "getpid", "getrandom",
		"gettid", "madvise", "mincore", "munmap", "nanosleep", "openat", "pipe2", "read", "restart_syscall", "rt_sigaction", "rt_sigprocmask",
		"rt_sigreturn", "sched_getaffinity", "sched_yield", "sigaltstack", "tgkill", "timer_create", "timer_delete", "timer_settime", "write",
	}
}

// threadFlags are the flags with which Go's runtime starts threads (runtime/os_linux.go, cloneFlags).
const threadFlags = 0x0005_0f00

// multipathTCP is IPPROTO_MPTCP. Landlock does not see the ports of its sockets, so no policy allows it; Go then uses TCP.
const multipathTCP = 262

// Policy is the smallest policy under which the program can do again what it did. Default, Errno, Log and MinABI are base's.
func (r *Recording) Policy(base policy.Policy) (*policy.Policy, error) {
	if len(r.Unknown) > 0 {
		return nil, fmt.Errorf("the program made system calls that have no name in the tables of %s: %v", r.Arch, r.Unknown)
	}
	rules := r.rules()
	p := &policy.Policy{
		Seccomp:  policy.Seccomp{Default: base.Seccomp.Default, Errno: base.Seccomp.Errno, Log: base.Seccomp.Log, Rules: rules},
		Landlock: policy.Landlock{MinABI: base.Landlock.MinABI, Bind: r.Bind, Connect: r.Connect},
	}
	calls := map[string]bool{}
	for name := range r.Calls {
		calls[name] = true
	}
	for _, name := range runtimeCalls() {
		calls[name] = true
	}
	for _, rule := range rules {
		delete(calls, rule.Call)
	}
	p.Seccomp.Allow = slices.Sorted(maps.Keys(calls))
	p.Landlock.Read, p.Landlock.Write, p.Landlock.Exec = r.paths()
	return p, nil
}

// rules are the conditions, in the order of calls and arguments. Calls that the runtime makes rarely have one too.
func (r *Recording) rules() []policy.Rule {
	values := func(call string, arg int) []uint64 {
		var list []uint64
		for _, v := range r.Args[call] {
			if v.Arg == arg {
				list = append(list, v.Value)
			}
		}
		return list
	}
	rules := []policy.Rule{cloneRule(values("clone", 0))}
	for _, call := range []string{"ioctl", "prctl"} {
		arg := map[string]int{"ioctl": 1, "prctl": 0}[call]
		if list := values(call, arg); len(list) > 0 {
			rules = append(rules, policy.Rule{Call: call, Arg: arg, Mask: math.MaxUint32, Values: list, Why: "requests that were made"})
		}
	}
	for _, call := range []string{"mmap", "mprotect"} {
		if !slices.Contains(values(call, 2), execBit) {
			rules = append(rules, policy.Rule{Call: call, Arg: 2, Mask: execBit, Values: []uint64{0}, Why: "no memory becomes executable"})
		}
	}
	if list := values("prlimit64", 2); len(list) > 0 && !slices.ContainsFunc(list, func(v uint64) bool { return v != 0 }) {
		rules = append(rules, policy.Rule{Call: "prlimit64", Arg: 2, Values: []uint64{0}, Why: "limits are asked for, not set"})
	}
	for _, call := range []string{"socket", "socketpair"} {
		rules = append(rules, socketRules(call, values)...)
	}
	return rules
}

// execBit is PROT_EXEC.
const execBit = 4

// cloneRule allows the flags that were used, and those of threads, in any combination. The kernel looks at the low 32 bits only.
func cloneRule(used []uint64) policy.Rule {
	flags := uint64(threadFlags)
	for _, v := range used {
		flags |= v
	}
	return policy.Rule{Call: "clone", Arg: 0, Mask: math.MaxUint32 &^ flags, Values: []uint64{0}, Why: "threads and what was started, no new namespaces"}
}

// socketRules allow the families, types and protocols that were used.
func socketRules(call string, values func(string, int) []uint64) []policy.Rule {
	families := values(call, 0)
	if len(families) == 0 {
		return nil
	}
	protocols := slices.DeleteFunc(values(call, 2), func(v uint64) bool { return v == multipathTCP })
	if len(protocols) == 0 {
		protocols = []uint64{0}
	}
	return []policy.Rule{
		{Call: call, Arg: 0, Mask: math.MaxUint32, Values: families, Why: "address families that were used"},
		{Call: call, Arg: 1, Mask: 0xf, Values: values(call, 1), Why: "types that were used"},
		{Call: call, Arg: 2, Mask: math.MaxUint32, Values: protocols, Why: "protocols that were used; not multipath TCP, whose ports Landlock does not see"},
	}
}

// many is how many files of one folder make a rule for the folder.
const many = 8

// paths are the lists for Landlock. A file in a folder that may be written as a whole is in no list of its own.
func (r *Recording) paths() (read, write, exec []string) {
	var folders []string
	for _, f := range r.Files {
		if f.Change {
			folders = append(folders, f.Path)
		}
	}
	within := func(name string) bool {
		return slices.ContainsFunc(folders, func(dir string) bool {
			return name != dir && (dir == "/" || strings.HasPrefix(name, dir+"/"))
		})
	}
	siblings := map[string]int{}
	for _, f := range r.Files {
		switch {
		case within(f.Path) && !f.Exec:
		case f.Change || f.Write:
			write = append(write, f.Path)
		case f.Exec:
			exec = append(exec, f.Path)
		case f.Read:
			read = append(read, f.Path)
			siblings[path.Dir(f.Path)]++
		}
	}
	for dir, n := range siblings {
		if n > many && dir != "/" {
			read = slices.DeleteFunc(read, func(name string) bool { return path.Dir(name) == dir })
			read = append(read, dir)
		}
	}
	slices.Sort(read)
	return read, write, exec
}
