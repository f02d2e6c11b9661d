// Package builtins_test runs the helper routines on the host and compares them with the host's own arithmetic.
package builtins_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAgainstHost builds check/ with the routines' C files, once as for a CPU with a divide instruction and once as for v6-M.
func TestAgainstHost(t *testing.T) {
	cc := hostCompiler(t)
	for _, variant := range []struct {
		name  string
		flags []string
	}{
		{"divide instruction", nil},
		{"v6-M", []string{"-D__ARM_ARCH_6M__"}},
	} {
		t.Run(variant.name, func(t *testing.T) {
			bin := filepath.Join(t.TempDir(), "check")
			args := append([]string{"-O2", "-w", "-fno-strict-aliasing", "-fno-builtin", "-ffp-contract=off", "-DMOTE_HOST", "-o", bin}, variant.flags...)
			args = append(args, sources(t)...)
			if out, err := exec.Command(cc, args...).CombinedOutput(); err != nil {
				t.Fatalf("%s %s: %v\n%s", cc, strings.Join(args, " "), err, out)
			}
			rounds := "1000000"
			if testing.Short() {
				rounds = "200000"
			}
			out, err := exec.Command(bin, rounds).CombinedOutput()
			if err != nil {
				t.Fatalf("check: %v\n%s", err, out)
			}
			t.Logf("%s", out)
		})
	}
}

// TestLists checks that every source of the tree is in a list and that every listed file is there.
func TestLists(t *testing.T) {
	known := map[string]bool{}
	for _, list := range []string{"thumb.txt", "riscv32.txt"} {
		for _, name := range listed(t, list) {
			known[name] = true
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%s lists %q: %v", list, name, err)
			}
		}
	}
	for _, pattern := range []string{"*/*.c", "*/*.S"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if !known[name] && !strings.HasPrefix(name, "check/") {
				t.Errorf("%s is in no list", name)
			}
		}
	}
}

// listed returns the files that a list names.
func listed(t *testing.T, list string) []string {
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" && line[0] != '#' {
			names = append(names, line)
		}
	}
	return names
}

func hostCompiler(t *testing.T) string {
	for _, name := range []string{"clang-19", "cc", "gcc", "clang"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no C compiler (clang-19, cc, gcc or clang) for the host")
	return ""
}

// sources lists the C files that make sense on the host: all but the atomics, which mask interrupts.
func sources(t *testing.T) []string {
	var all []string
	for _, folder := range []string{"check", "mem", "integer", "float"} {
		names, err := filepath.Glob(folder + "/*.c")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, names...)
	}
	return all
}
