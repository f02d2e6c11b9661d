// Package syscalls knows the numbers of Linux system calls on the architectures that devices have.
//
// The tables under tables/ are made from golang.org/x/sys/unix, which is made from the kernel's headers; `go test -update` writes them anew. Names are
// the kernel's, in lower case, as strace prints them. Start reading at Of.
package syscalls

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// files are tables/GOARCH.txt: a line "number name" for each call, by number.
//
//go:embed tables
var files embed.FS

// Table is the system calls of one architecture. It must not be changed.
type Table struct {
	Arch  string // GOARCH
	Audit uint32 // AUDIT_ARCH_*, which a seccomp filter sees (linux/audit.h)

	names   map[int]string
	numbers map[string]int
}

// audit is the architecture's value of linux/audit.h: its ELF machine, with bit 31 for 64 bits and bit 30 for little-endian.
func audit() map[string]uint32 {
	return map[string]uint32{
		"386": 0x4000_0003, "amd64": 0xc000_003e, "arm": 0x4000_0028, "arm64": 0xc000_00b7, "loong64": 0xc000_0102, "riscv64": 0xc000_00f3,
	}
}

// Architectures are those that have a table, sorted.
func Architectures() []string {
	var all []string
	for arch := range audit() {
		all = append(all, arch)
	}
	slices.Sort(all)
	return all
}

// Of returns the table for a GOARCH.
func Of(arch string) (*Table, error) {
	text, err := files.ReadFile("tables/" + arch + ".txt")
	if err != nil {
		return nil, fmt.Errorf("no table of system calls for architecture %q: want one of %s", arch, strings.Join(Architectures(), ", "))
	}
	t := &Table{Arch: arch, Audit: audit()[arch], names: map[int]string{}, numbers: map[string]int{}}
	for line := range strings.Lines(string(text)) {
		number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("table of %s: %w", arch, err)
		}
		t.names[n], t.numbers[name] = name, n
	}
	return t, nil
}

// Name is the call with this number; ok is false if there is none.
func (t *Table) Name(number int) (name string, ok bool) {
	name, ok = t.names[number]
	return
}

// Number is the number of a call; ok is false if the architecture does not have it.
func (t *Table) Number(name string) (number int, ok bool) {
	number, ok = t.numbers[name]
	return
}

// Names are all calls, sorted.
func (t *Table) Names() []string {
	var all []string
	for name := range t.numbers {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

// Resolve returns the numbers that a name in a policy stands for. A name that only other architectures have gives none, and one that none has is an
// error. Where int has 32 bits, the call that takes 64-bit values goes with the one that has the plain name, as libc does it.
func (t *Table) Resolve(name string) ([]int, error) {
	var numbers []int
	for _, n := range append([]string{name}, wide()[name]...) {
		if number, ok := t.numbers[n]; ok && (n == name || t.Audit>>31 == 0) {
			numbers = append(numbers, number)
		}
	}
	if len(numbers) == 0 && !known(name) {
		return nil, fmt.Errorf("there is no system call %q", name)
	}
	return numbers, nil
}

// known reports whether any architecture has the call.
func known(name string) bool {
	for _, arch := range Architectures() {
		t, err := Of(arch)
		if err != nil {
			continue
		}
		if _, ok := t.numbers[name]; ok {
			return true
		}
	}
	return false
}

// wide are the calls that 32-bit architectures have beside or instead of one.
func wide() map[string][]string {
	return map[string][]string{
		"mmap": {"mmap2"}, "lseek": {"_llseek"}, "fcntl": {"fcntl64"}, "fstat": {"fstat64"}, "newfstatat": {"fstatat64"}, "statfs": {"statfs64"},
		"fstatfs": {"fstatfs64"}, "ftruncate": {"ftruncate64"}, "truncate": {"truncate64"}, "sendfile": {"sendfile64"}, "getrlimit": {"ugetrlimit"},
		"getuid": {"getuid32"}, "geteuid": {"geteuid32"}, "getgid": {"getgid32"}, "getegid": {"getegid32"}, "fadvise64": {"fadvise64_64", "arm_fadvise64_64"},
		"clock_gettime": {"clock_gettime64"}, "clock_getres": {"clock_getres_time64"}, "clock_nanosleep": {"clock_nanosleep_time64"},
		"futex": {"futex_time64"}, "ppoll": {"ppoll_time64"}, "pselect6": {"pselect6_time64"}, "utimensat": {"utimensat_time64"},
		"timer_settime": {"timer_settime64"}, "timerfd_settime": {"timerfd_settime64"}, "recvmmsg": {"recvmmsg_time64"},
		"rt_sigtimedwait": {"rt_sigtimedwait_time64"},
	}
}
