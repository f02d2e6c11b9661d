package record

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"mote/deliver/policy"
	"mote/deliver/sandbox"
)

func TestPolicyOfRecording(t *testing.T) {
	r := &Recording{
		Arch:  "arm64",
		Calls: map[string]uint64{"read": 9, "socket": 3, "clone": 4, "mmap": 30, "prlimit64": 2, "ioctl": 1},
		Args: map[string][]Value{
			"socket": {{0, 2}, {0, 10}, {1, 1}, {2, 0}, {2, 262}}, "clone": {{0, 0x50f00}}, "mmap": {{2, 0}}, "prlimit64": {{2, 0}}, "ioctl": {{1, 0x5401}},
		},
		Files: []File{
			{Path: "/app/agent", Exec: true, Read: true}, {Path: "/data", Dir: true, Change: true}, {Path: "/data/a", Write: true}, {Path: "/data/b", Read: true},
			{Path: "/dev/null", Read: true, Write: true}, {Path: "/etc/hosts", Read: true},
		},
		Bind: []uint16{8080},
	}
	base := policy.Policy{Seccomp: policy.Seccomp{Default: policy.ActionKillProcess, Log: true}, Landlock: policy.Landlock{MinABI: 2, Read: []string{"/everything"}}}
	p, err := r.Policy(base)
	if err != nil {
		t.Fatal(err)
	}
	want := policy.Landlock{MinABI: 2, Read: []string{"/etc/hosts"}, Write: []string{"/data", "/dev/null"}, Exec: []string{"/app/agent"}, Bind: []uint16{8080}}
	if !reflect.DeepEqual(p.Landlock, want) {
		t.Errorf("got %+v, want %+v", p.Landlock, want)
	}
	if p.Seccomp.Default != policy.ActionKillProcess || !p.Seccomp.Log || !slices.Contains(p.Seccomp.Allow, "read") || !slices.Contains(p.Seccomp.Allow, "madvise") {
		t.Errorf("got %+v", p.Seccomp)
	}
	rules := map[string]policy.Rule{}
	for _, rule := range p.Seccomp.Rules {
		rules[rule.Call+string(rune('0'+rule.Arg))] = rule
		if slices.Contains(p.Seccomp.Allow, rule.Call) {
			t.Errorf("%s is allowed whatever its arguments", rule.Call)
		}
	}
	for key, values := range map[string][]uint64{
		"socket0": {2, 10}, "socket1": {1}, "socket2": {0}, "clone0": {0}, "mmap2": {0}, "mprotect2": {0}, "prlimit642": {0}, "ioctl1": {0x5401},
	} {
		if !slices.Equal(rules[key].Values, values) {
			t.Errorf("rule for %s: %+v, want values %v", key, rules[key], values)
		}
	}
	if mask := rules["clone0"].Mask; mask&0x7e020000 != 0x7e020000 || mask&0x50f00 != 0 {
		t.Errorf("clone's mask %#x does not keep namespaces out and threads in", mask)
	}
	if _, err := sandbox.Compile("arm64", p.Seccomp); err != nil {
		t.Error(err)
	}
}

func TestManyFiles(t *testing.T) {
	r := &Recording{Files: []File{{Path: "/zone/x", Read: true}}}
	for _, c := range "abcdefghi" {
		r.Files = append(r.Files, File{Path: "/share/" + string(c), Read: true})
	}
	read, _, _ := r.paths()
	if want := []string{"/share", "/zone/x"}; !slices.Equal(read, want) {
		t.Errorf("got %q, want %q", read, want)
	}
}

func TestUnknownCalls(t *testing.T) {
	_, err := (&Recording{Arch: "arm64", Unknown: []int{4711}}).Policy(policy.Policy{})
	if err == nil || !strings.Contains(err.Error(), "4711") {
		t.Errorf("got %v", err)
	}
}
