package syscalls

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the tables from golang.org/x/sys/unix")

// TestTables compares the tables with the source that they are made from.
func TestTables(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/sys").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, arch := range Architectures() {
		want := generate(t, filepath.Join(strings.TrimSpace(string(out)), "unix", "zsysnum_linux_"+arch+".go"))
		name := filepath.Join("tables", arch+".txt")
		if *update {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%s is not what go test -update makes (%v)", name, err)
		}
	}
}

// generate makes a table of the constants SYS_* in a file of x/sys/unix.
func generate(t *testing.T, file string) string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	names := map[int]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		name := strings.ToLower(strings.TrimPrefix(spec.Names[0].Name, "SYS_"))
		if number, err := strconv.Atoi(lit.Value); ok && err == nil && name != "syscall_mask" {
			names[number] = name
		}
		return true
	})
	var numbers []int
	for n := range names {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var b strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&b, "%d %s\n", n, names[n])
	}
	return b.String()
}

// TestKnownNumbers holds the tables to numbers of the kernel's own documents (syscall.tbl, asm-generic/unistd.h).
func TestKnownNumbers(t *testing.T) {
	for _, tt := range []struct {
		arch, name string
		number     int
	}{
		{"amd64", "read", 0}, {"amd64", "execve", 59}, {"amd64", "openat", 257}, {"amd64", "newfstatat", 262}, {"amd64", "landlock_create_ruleset", 444},
		{"arm64", "io_setup", 0}, {"arm64", "openat", 56}, {"arm64", "read", 63}, {"arm64", "getpid", 172}, {"arm64", "execve", 221}, {"arm64", "seccomp", 277},
		{"riscv64", "openat", 56}, {"riscv64", "riscv_hwprobe", 258}, {"riscv64", "riscv_flush_icache", 259},
		{"arm", "read", 3}, {"arm", "mmap2", 192}, {"arm", "fstatat64", 327}, {"386", "socketcall", 102}, {"loong64", "openat", 56},
	} {
		table, err := Of(tt.arch)
		if err != nil {
			t.Fatal(err)
		}
		if n, ok := table.Number(tt.name); !ok || n != tt.number {
			t.Errorf("%s: %s is %d, want %d", tt.arch, tt.name, n, tt.number)
		}
		if name, ok := table.Name(tt.number); !ok || name != tt.name {
			t.Errorf("%s: %d is %s, want %s", tt.arch, tt.number, name, tt.name)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, tt := range []struct {
		arch, name string
		want       []int
	}{
		{"arm64", "mmap", []int{222}},
		{"arm", "mmap", []int{192}},
		{"arm", "futex", []int{240, 422}},
		{"arm64", "futex", []int{98}},
		{"amd64", "riscv_hwprobe", nil},
		{"arm64", "read", []int{63}},
		{"arm64", "io_setup", []int{0}},
		{"arm64", "open", nil},
	} {
		table, err := Of(tt.arch)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := table.Resolve(tt.name); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s on %s is %v, %v; want %v", tt.name, tt.arch, got, err, tt.want)
		}
		if _, err := table.Resolve("opennat"); err == nil || !strings.Contains(err.Error(), `"opennat"`) {
			t.Errorf("a name that no architecture has: %v", err)
		}
	}
	if _, err := Of("pdp11"); err == nil || !strings.Contains(err.Error(), "pdp11") {
		t.Errorf("got %v", err)
	}
}
