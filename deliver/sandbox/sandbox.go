// Package sandbox takes away from a program what its policy does not allow: system calls by a seccomp filter, files and TCP ports by Landlock.
//
// It is pure Go and small, for programs on devices. Install restricts all threads of the process and everything that it starts, for good; what is refused
// fails with an error (EPERM from the filter, EACCES from Landlock) and, if the policy says so, leaves a line in the kernel's audit log. It needs no
// privilege, since it gives up the right to gain any (no_new_privs).
//
// What it is not: a defence against bugs of the kernel behind allowed calls, and none against what the process may do within its policy. File
// descriptors that are open before Install stay as they are.
//
// Compile works on every host. Start reading at Install and Compile.
package sandbox

import (
	"fmt"

	"golang.org/x/net/bpf"

	"mote/deliver/policy"
	"mote/deliver/syscalls"
)

// Status is how the kernel says that this process is restricted. It does not tell of Landlock.
type Status struct {
	NoNewPrivs bool `json:"no_new_privs"`
	Filters    int  `json:"filters"` // seccomp filters, which each call must pass
}

// Return values of filters (linux/seccomp.h).
const (
	retKillProcess = 0x8000_0000
	retErrno       = 0x0005_0000
	retLog         = 0x7ffc_0000
	retAllow       = 0x7fff_0000
)

// Offsets in struct seccomp_data.
const (
	offsetNumber = 0
	offsetArch   = 4
	offsetArgs   = 16
)

// x32 marks calls of amd64's x32 ABI, which would be a second, unfiltered way to every call.
const x32 = 0x4000_0000

// maxInstructions is BPF_MAXINSNS.
const maxInstructions = 4096

// Compile makes the filter for an architecture: a binary search over the numbers of calls, so that any call meets some ten instructions. Calls that the
// policy allows whatever their arguments are decided by number and architecture alone, and such decisions the kernel remembers in a bitmap (since 5.11).
func Compile(arch string, p policy.Seccomp) ([]bpf.RawInstruction, error) {
	table, err := syscalls.Of(arch)
	if err != nil {
		return nil, err
	}
	refuse, err := defaultAction(p)
	if err != nil {
		return nil, err
	}
	bodies, err := callBodies(table, p, refuse)
	if err != nil {
		return nil, err
	}
	program := []bpf.Instruction{
		bpf.LoadAbsolute{Off: offsetArch, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: table.Audit, SkipTrue: 1},
		bpf.RetConstant{Val: retKillProcess}, // calls of another architecture have other numbers
		bpf.LoadAbsolute{Off: offsetNumber, Size: 4},
	}
	program = append(program, search(intervals(bodies, refuse))...)
	if len(program) > maxInstructions {
		return nil, fmt.Errorf("the filter has %d instructions: the kernel takes %d", len(program), maxInstructions)
	}
	return bpf.Assemble(program)
}

// defaultAction is the filter's answer to calls that nothing allows.
func defaultAction(p policy.Seccomp) (uint32, error) {
	switch p.Default {
	case policy.ActionErrno, "":
		n, ok := map[string]uint32{"": 1, "EPERM": 1, "EACCES": 13, "ENOSYS": 38}[p.Errno]
		if !ok {
			return 0, fmt.Errorf("seccomp.errno: %q is not EPERM, EACCES or ENOSYS", p.Errno)
		}
		return retErrno | n, nil
	case policy.ActionKillProcess:
		return retKillProcess, nil
	case policy.ActionLog:
		return retLog, nil
	}
	return 0, fmt.Errorf("seccomp.default: %q is not %s, %s or %s", p.Default, policy.ActionErrno, policy.ActionKillProcess, policy.ActionLog)
}

// callBodies are what to do with a call, by number. Each ends in a return.
func callBodies(table *syscalls.Table, p policy.Seccomp, refuse uint32) (map[uint32][]bpf.Instruction, error) {
	bodies := map[uint32][]bpf.Instruction{}
	for _, name := range p.Allow {
		numbers, err := table.Resolve(name)
		if err != nil {
			return nil, fmt.Errorf("seccomp.allow: %w", err)
		}
		for _, n := range numbers {
			bodies[uint32(n)] = []bpf.Instruction{bpf.RetConstant{Val: retAllow}}
		}
	}
	rules := map[uint32][]policy.Rule{}
	for _, r := range p.Rules {
		numbers, err := table.Resolve(r.Call)
		if err != nil {
			return nil, fmt.Errorf("seccomp.rule: %w", err)
		}
		for _, n := range numbers {
			rules[uint32(n)] = append(rules[uint32(n)], r)
		}
	}
	for n, list := range rules { // a rule goes before an entry of Allow, which may name the same call on this architecture
		bodies[n] = conditions(list, refuse)
	}
	return bodies, nil
}
