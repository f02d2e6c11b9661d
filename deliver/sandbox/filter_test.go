package sandbox

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/bpf"

	"mote/deliver/device"
	"mote/deliver/policy"
	"mote/deliver/syscalls"
)

// call is what a filter sees of a system call.
type call struct {
	arch   uint32
	number uint32
	args   [6]uint64
}

// packet is struct seccomp_data. The kernel loads words of it as they are; the interpreter of x/net/bpf loads them big-endian, so they are laid out so.
func (c call) packet() []byte {
	b := make([]byte, 64)
	binary.BigEndian.PutUint32(b[offsetNumber:], c.number)
	binary.BigEndian.PutUint32(b[offsetArch:], c.arch)
	for i, a := range c.args {
		binary.BigEndian.PutUint32(b[offsetArgs+8*i:], uint32(a))
		binary.BigEndian.PutUint32(b[offsetArgs+8*i+4:], uint32(a>>32))
	}
	return b
}

// interpreter runs a filter outside the kernel.
func interpreter(t *testing.T, filter []bpf.RawInstruction) func(call) uint32 {
	t.Helper()
	code, ok := bpf.Disassemble(filter)
	if !ok {
		t.Fatal("the filter has instructions that x/net/bpf does not know")
	}
	vm, err := bpf.NewVM(code)
	if err != nil {
		t.Fatal(err)
	}
	return func(c call) uint32 {
		got, err := vm.Run(c.packet())
		if err != nil {
			t.Fatal(err)
		}
		return uint32(got)
	}
}

// model is what a policy means, said as simply as possible.
func model(table *syscalls.Table, p policy.Seccomp, refuse uint32) func(call) uint32 {
	numbers := map[string][]int{}
	for _, name := range table.Names() {
		numbers[name], _ = table.Resolve(name)
	}
	return func(c call) uint32 {
		if c.arch != table.Audit {
			return retKillProcess
		}
		is := func(name string) bool { return slices.Contains(numbers[name], int(c.number)) }
		found := slices.ContainsFunc(p.Allow, is)
		for _, r := range p.Rules {
			if !is(r.Call) {
				continue
			}
			found = true // were it in Allow, too
			arg := c.args[r.Arg]
			if r.Mask != 0 {
				arg &= r.Mask
			}
			if !slices.Contains(r.Values, arg) {
				return refuse
			}
		}
		if found {
			return retAllow
		}
		return refuse
	}
}

// TestFilterAgainstModel runs filters of all architectures over all numbers and over arguments near the values of rules.
func TestFilterAgainstModel(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, arch := range syscalls.Architectures() {
		table, err := syscalls.Of(arch)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 16 {
			p := randomPolicy(r, table.Names(), i*i)
			filter, err := Compile(arch, p)
			if err != nil {
				t.Fatal(err)
			}
			refuse, _ := defaultAction(p)
			got, want := interpreter(t, filter), model(table, p, refuse)
			for _, c := range calls(r, table, p) {
				if g, w := got(c), want(c); g != w {
					t.Fatalf("%s, policy %+v:\n%+v gives %#x, want %#x", arch, p, c, g, w)
				}
			}
		}
	}
}

// randomPolicy allows n calls, and some more under conditions.
func randomPolicy(r *rand.Rand, names []string, n int) policy.Seccomp {
	names = slices.Clone(names)
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	p := policy.Seccomp{Default: []string{policy.ActionErrno, policy.ActionKillProcess, policy.ActionLog}[r.IntN(3)], Errno: "ENOSYS"}
	rules := names[:r.IntN(5)]
	p.Allow = names[len(rules):min(len(rules)+n, len(names))]
	for _, name := range rules {
		for range 1 + r.IntN(3) {
			rule := policy.Rule{Call: name, Arg: r.IntN(6), Mask: []uint64{0, 0xffff_ffff, 0x7e02_0000, 0xff00_0000_0000_00ff}[r.IntN(4)]}
			for range 1 + r.IntN(4) {
				value := uint64(r.IntN(4)) | uint64(r.IntN(2))<<62
				if rule.Mask != 0 {
					value &= rule.Mask
				}
				rule.Values = append(rule.Values, value)
			}
			p.Rules = append(p.Rules, rule)
		}
	}
	return p
}

// calls are all numbers of the table and around it, and for those of rules many arguments.
func calls(r *rand.Rand, table *syscalls.Table, p policy.Seccomp) []call {
	var all []call
	for n := range uint32(600) {
		all = append(all, call{arch: table.Audit, number: n})
	}
	all = append(all, call{arch: table.Audit ^ 1, number: 0}, call{arch: table.Audit, number: x32}, call{arch: table.Audit, number: ^uint32(0)})
	for _, rule := range p.Rules {
		numbers, _ := table.Resolve(rule.Call)
		for _, n := range numbers {
			for range 50 {
				c := call{arch: table.Audit, number: uint32(n)}
				for i := range c.args {
					c.args[i] = uint64(r.IntN(4)) | uint64(r.IntN(2))<<62 | uint64(r.IntN(2))<<33
				}
				all = append(all, c)
			}
		}
	}
	return all
}

// TestProfiles compiles what comes with mote for every architecture that has a table.
func TestProfiles(t *testing.T) {
	for _, arch := range syscalls.Architectures() {
		p, err := device.Load("generic-" + arch)
		if err != nil {
			t.Fatal(err)
		}
		filter, err := Compile(arch, p.Seccomp)
		if err != nil {
			t.Error(err)
			continue
		}
		table, _ := syscalls.Of(arch)
		run := interpreter(t, filter)
		number := func(name string) uint32 {
			n, ok := table.Number(name)
			if !ok {
				t.Fatalf("%s has no %s", arch, name)
			}
			return uint32(n)
		}
		for _, tt := range []struct {
			c    call
			want uint32
		}{
			{call{table.Audit, number("write"), [6]uint64{}}, retAllow},
			{call{table.Audit, number("execve"), [6]uint64{}}, retErrno | 1},
			{call{table.Audit, number("ptrace"), [6]uint64{}}, retErrno | 1},
			{call{table.Audit, number("socket"), [6]uint64{2}}, retAllow},
			{call{table.Audit, number("socket"), [6]uint64{16}}, retErrno | 1},
			{call{table.Audit, number("clone"), [6]uint64{0x50f00}}, retAllow},
			{call{table.Audit, number("clone"), [6]uint64{0x10000000}}, retErrno | 1},
		} {
			if got := run(tt.c); got != tt.want {
				t.Errorf("%s: %+v gives %#x, want %#x", arch, tt.c, got, tt.want)
			}
		}
		t.Logf("%s: %d instructions for %d calls and %d rules, at most %d run", arch, len(filter), len(p.Seccomp.Allow), len(p.Seccomp.Rules), depth(filter, 0))
	}
}

// depth is the longest way through a filter from instruction i on.
func depth(filter []bpf.RawInstruction, i int) int {
	switch ins := filter[i].Disassemble().(type) {
	case bpf.RetConstant:
		return 1
	case bpf.Jump:
		return 1 + depth(filter, i+1+int(ins.Skip))
	case bpf.JumpIf:
		return 1 + max(depth(filter, i+1+int(ins.SkipTrue)), depth(filter, i+1+int(ins.SkipFalse)))
	}
	return 1 + depth(filter, i+1)
}

func TestCompileErrors(t *testing.T) {
	for _, tt := range []struct {
		arch string
		p    policy.Seccomp
		want string
	}{
		{"arm64", policy.Seccomp{Allow: []string{"raed"}}, `"raed"`},
		{"arm64", policy.Seccomp{Rules: []policy.Rule{{Call: "sokcet"}}}, `"sokcet"`},
		{"arm64", policy.Seccomp{Default: "shout"}, `"shout"`},
		{"arm64", policy.Seccomp{Errno: "EPREM"}, `"EPREM"`},
		{"vax", policy.Seccomp{}, `"vax"`},
		{"arm64", manyValues(), "instructions"},
	} {
		_, err := Compile(tt.arch, tt.p)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.want, err)
		}
	}
}

func manyValues() policy.Seccomp {
	r := policy.Rule{Call: "ioctl", Arg: 1}
	for i := range uint64(1000) {
		r.Values = append(r.Values, i)
	}
	return policy.Seccomp{Rules: []policy.Rule{r}}
}

func ExampleCompile() {
	filter, err := Compile("arm64", policy.Seccomp{Allow: []string{"read", "write", "exit_group"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	code, _ := bpf.Disassemble(filter)
	for _, ins := range code {
		fmt.Println(ins)
	}
	// Output:
	// ld [4]
	// jeq #3221225655,1
	// ret #2147483648
	// ld [0]
	// jge #65,3
	// jge #63,1
	// ret #327681
	// ret #2147418112
	// jge #94,1
	// ret #327681
	// jge #95,1
	// ret #2147418112
	// ret #327681
}
