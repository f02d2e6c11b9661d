package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/mote-go/mote/guard/cgroup"
)

// Process is what /proc tells of a running process.
type Process struct {
	PID         int               `json:"pid"`
	Name        string            `json:"name"`
	Executable  string            `json:"executable"`
	Environment map[string]string `json:"environment"` // as the process was started with: GOMAXPROCS, GODEBUG, GOGC, GOMEMLIMIT, GOTRACEBACK
	CPUs        int               `json:"cpus"`        // it may run on (affinity)
	Threads     int               `json:"threads"`
	Resident    int64             `json:"resident_bytes"`
	Nice        int               `json:"nice"`
	Policy      string            `json:"policy"`               // of the kernel's scheduler, for the main thread
	Ran         time.Duration     `json:"ran_ns"`               // processor time of the threads that live
	Waited      time.Duration     `json:"waited_ns"`            // in which they were runnable and had no CPU
	Group       *Group            `json:"cgroup,omitempty"`     // nil without a CPU controller
	Unreadable  []string          `json:"unreadable,omitempty"` // what could not be read, and why
}

// Group is what the CPU controller does to the process.
type Group struct {
	Version   cgroup.Version `json:"version"`
	Directory string         `json:"directory"`
	Quota     float64        `json:"quota_cpus"` // 0 without a limit
	Weight    float64        `json:"weight"`     // relative to an ordinary group
	Periods   uint64         `json:"periods"`    // since the group was made
	Throttled uint64         `json:"throttled"`
	Stopped   time.Duration  `json:"stopped_ns"` // summed over CPUs
}

// ReadProcess reads what root/proc tells of a process and of its binary; root is "/" outside of tests. What may not be read is noted in
// Unreadable; the error says that there is no such process, that it is not a Go program, or that not even that may be seen.
func ReadProcess(root string, pid int) (*Process, *Binary, error) {
	dir := filepath.Join(root, "proc", strconv.Itoa(pid))
	if _, err := os.Stat(dir); err != nil {
		if _, none := os.Stat(filepath.Join(root, "proc/self")); none != nil {
			return nil, nil, fmt.Errorf("pid %d: there is no %s: running processes can be inspected on Linux only", pid, filepath.Join(root, "proc"))
		}
		return nil, nil, fmt.Errorf("pid %d: no such process", pid)
	}
	b, err := readExecutable(pid, dir)
	if err != nil {
		return nil, nil, err
	}
	p := &Process{PID: pid, Executable: b.Path, Environment: map[string]string{}}
	p.note(p.readStatus(dir))
	p.note(p.readStat(dir))
	p.note(p.readEnvironment(dir))
	p.Ran, p.Waited, err = runDelay(filepath.Join(dir, "task"))
	p.note(err)
	p.note(p.readGroup(root))
	return p, b, nil
}

// readExecutable reads the build information through /proc/PID/exe, which works for binaries that have been deleted or are in another mount namespace.
func readExecutable(pid int, dir string) (*Binary, error) {
	link := filepath.Join(dir, "exe")
	path, err := os.Readlink(link)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("pid %d: may not be inspected by this user: %w (run as the user of the process or as root)", pid, err)
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("pid %d: has no executable: a kernel thread, or a process that has just ended", pid)
	case err != nil:
		return nil, fmt.Errorf("pid %d: %w", pid, err)
	}
	b, err := ReadBinary(link)
	if err != nil {
		return nil, fmt.Errorf("pid %d (%s): %s", pid, path, strings.TrimPrefix(err.Error(), link+": "))
	}
	b.Path = path
	return b, nil
}

func (p *Process) note(err error) {
	if err != nil {
		p.Unreadable = append(p.Unreadable, err.Error())
	}
}

func (p *Process) readStatus(dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, "status"))
	if err != nil {
		return err
	}
	s, err := parseStatus(b)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(dir, "status"), err)
	}
	p.Name, p.Threads, p.CPUs, p.Resident = s.name, s.threads, s.cpus, s.resident
	return nil
}

func (p *Process) readStat(dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, "stat"))
	if err != nil {
		return err
	}
	if p.Nice, p.Policy, err = parseStat(b); err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(dir, "stat"), err)
	}
	return nil
}

func (p *Process) readEnvironment(dir string) error {
	b, err := os.ReadFile(filepath.Join(dir, "environ"))
	if err != nil {
		return err
	}
	all := parseEnvironment(b)
	for _, key := range []string{"GOMAXPROCS", "GODEBUG", "GOGC", "GOMEMLIMIT", "GOTRACEBACK"} {
		if value, ok := all[key]; ok {
			p.Environment[key] = value
		}
	}
	return nil
}

func (p *Process) readGroup(root string) error {
	found, err := cgroup.FindProcess(root, p.PID)
	if errors.Is(err, cgroup.ErrNoController) {
		return nil
	}
	if err != nil {
		return err
	}
	reader, err := found.Open(root)
	if err != nil {
		return err
	}
	quota, quotaErr := reader.Quota()
	stat, statErr := reader.Stat()
	weight, weightErr := reader.Weight()
	p.Group = &Group{
		Version: found.Version, Directory: found.Levels[0], Quota: quota.CPUs(), Weight: weight,
		Periods: stat.Periods, Throttled: stat.Throttled, Stopped: stat.Time,
	}
	return errors.Join(quotaErr, statErr, weightErr, reader.Close())
}
