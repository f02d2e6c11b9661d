package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
)

// tasks reads the threads of a process below /proc.
type tasks struct {
	dir string // of the process
}

func tasksOf(root string, pid int) tasks {
	return tasks{filepath.Join(root, "proc", strconv.Itoa(pid))}
}

// ids lists the threads.
func (p tasks) ids() ([]int, error) {
	entries, err := os.ReadDir(filepath.Join(p.dir, "task"))
	if err != nil {
		return nil, err
	}
	var ids []int
	for _, e := range entries {
		if id, err := strconv.Atoi(e.Name()); err == nil {
			ids = append(ids, id)
		}
	}
	sort.Ints(ids)
	return ids, nil
}

// stopped tells whether the process is stopped by a signal or by a debugger, which its first thread shows.
func (p tasks) stopped() bool {
	b, err := os.ReadFile(filepath.Join(p.dir, "stat"))
	if err != nil {
		return false
	}
	_, state, err := parseStat(string(b))
	return err == nil && (state == "T" || state == "t")
}

// cpu gives the CPU time of each thread up to now.
func (p tasks) cpu() map[int]time.Duration {
	ids, err := p.ids()
	if err != nil {
		return nil
	}
	times := make(map[int]time.Duration, len(ids))
	for _, id := range ids {
		if b, err := p.read(id, "schedstat"); err == nil {
			if d, err := parseSchedstat(b); err == nil {
				times[id] = d
			}
		}
	}
	return times
}

func (p tasks) read(id int, file string) (string, error) {
	b, err := os.ReadFile(filepath.Join(p.dir, "task", strconv.Itoa(id), file))
	return strings.TrimRight(string(b), "\n\x00"), err
}

// place is a thread's position in the program: where it entered the kernel.
type place struct{ sp, pc uint64 }

// thread reads what there is to know of one thread, and where it is if it waits. before is its CPU time at the beginning of the window.
func (p tasks) thread(id int, before time.Duration) (Thread, place, error) {
	t := Thread{ID: id, Syscall: "?", Wait: "?"}
	stat, err := p.read(id, "stat")
	if err != nil {
		return t, place{}, err
	}
	if t.Name, t.State, err = parseStat(stat); err != nil {
		return t, place{}, err
	}
	if b, err := p.read(id, "schedstat"); err == nil {
		if d, err := parseSchedstat(b); err == nil {
			t.CPU = max(0, d-before)
		}
	}
	if b, err := p.read(id, "wchan"); err == nil {
		t.Wait = b
		if b == "0" {
			t.Wait = ""
		}
	}
	var at place
	call, err := p.read(id, "syscall")
	if err == nil {
		t.Syscall, at, err = parseSyscall(call)
	}
	if errors.Is(err, fs.ErrPermission) {
		return t, at, fmt.Errorf("no permission to read %s/task/%d/syscall: it needs that of ptrace", p.dir, id)
	}
	return t, at, nil
}

// parseStat takes name and state from a line of stat, proc(5). The name may contain anything, parentheses too.
func parseStat(s string) (name, state string, err error) {
	open, end := strings.IndexByte(s, '('), strings.LastIndexByte(s, ')')
	if open < 0 || end < open || len(s) < end+3 {
		return "", "", fmt.Errorf("stat: want PID (NAME) STATE, found %q", s)
	}
	return s[open+1 : end], s[end+2 : end+3], nil
}

// parseSchedstat takes the time on CPUs, in nanoseconds, from a line of schedstat (Documentation/scheduler/sched-stats.rst).
func parseSchedstat(s string) (time.Duration, error) {
	first, _, _ := strings.Cut(s, " ")
	n, err := strconv.ParseInt(first, 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("schedstat: want a time in nanoseconds first, found %q", s)
	}
	return time.Duration(n), nil
}

// parseSyscall reads a line of syscall, proc(5): "running", "-1 SP PC" for a thread that waits outside of system calls, or number, six
// arguments, SP and PC.
func parseSyscall(s string) (string, place, error) {
	if s == "running" {
		return s, place{}, nil
	}
	f := strings.Fields(s)
	if len(f) != 3 && len(f) != 9 {
		return "?", place{}, fmt.Errorf("syscall: want 1, 3 or 9 fields, found %q", s)
	}
	number, err := strconv.Atoi(f[0])
	if err != nil {
		return "?", place{}, fmt.Errorf("syscall: want a number first, found %q", s)
	}
	sp, err1 := strconv.ParseUint(f[len(f)-2], 0, 64)
	pc, err2 := strconv.ParseUint(f[len(f)-1], 0, 64)
	if err := errors.Join(err1, err2); err != nil {
		return "?", place{}, fmt.Errorf("syscall: %w", err)
	}
	at := place{sp, pc}
	if number < 0 || len(f) == 3 {
		return "no system call", at, nil
	}
	return fmt.Sprintf("%s(%s, %s, %s)", sysname(number), short(f[1]), short(f[2]), short(f[3])), at, nil
}

// short writes a small argument in decimal.
func short(hex string) string {
	n, err := strconv.ParseUint(hex, 0, 64)
	if err != nil || n > 1<<16 {
		return hex
	}
	return strconv.FormatUint(n, 10)
}
