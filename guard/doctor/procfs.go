package doctor

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// status holds what is used of /proc/PID/status (proc_pid_status(5)).
type status struct {
	name     string
	threads  int
	cpus     int // in the affinity mask
	resident int64
}

// parseStatus reads lines "Key:\tvalue". Keys that are missing leave zeros, as for kernel threads, which have no memory.
func parseStatus(b []byte) (status, error) {
	var s status
	for _, line := range strings.Split(string(b), "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		var err error
		switch key {
		case "Name":
			s.name = value
		case "Threads":
			s.threads, err = strconv.Atoi(value)
		case "Cpus_allowed_list":
			s.cpus, err = countList(value)
		case "VmRSS":
			var kilobytes int64
			kilobytes, err = strconv.ParseInt(strings.TrimSuffix(value, " kB"), 10, 64)
			s.resident = kilobytes << 10
		}
		if err != nil {
			return status{}, fmt.Errorf("want a number after %s, found %q", key, value)
		}
	}
	return s, nil
}

// countList counts the members of a list such as 0-3,8 (cpuset(7), list format).
func countList(list string) (int, error) {
	count := 0
	for _, part := range strings.Split(list, ",") {
		low, high, isRange := strings.Cut(part, "-")
		if !isRange {
			high = low
		}
		first, err := strconv.Atoi(low)
		if err != nil {
			return 0, err
		}
		last, err := strconv.Atoi(high)
		if err != nil {
			return 0, err
		}
		if last < first || last > 1<<20 {
			return 0, fmt.Errorf("no range: %q", part)
		}
		count += last - first + 1
	}
	return count, nil
}

// Fields of /proc/PID/stat after the name, counted from the state, which is number 3 in proc_pid_stat(5).
const (
	fieldNice   = 19 - 3
	fieldPolicy = 41 - 3
)

// parseStat reads the nice value and the scheduling policy. The name, in parentheses, may contain anything.
func parseStat(b []byte) (nice int, policy string, err error) {
	_, rest, _ := strings.Cut(string(b), "(")
	fields := strings.Fields(rest[strings.LastIndex(rest, ")")+1:])
	if len(fields) <= fieldPolicy {
		return 0, "", fmt.Errorf("want %d fields after the name, found %d", fieldPolicy+1, len(fields))
	}
	nice, err = strconv.Atoi(fields[fieldNice])
	if err != nil {
		return 0, "", fmt.Errorf("want a nice value, found %q", fields[fieldNice])
	}
	number, err := strconv.Atoi(fields[fieldPolicy])
	if err != nil {
		return 0, "", fmt.Errorf("want a scheduling policy, found %q", fields[fieldPolicy])
	}
	names := map[int]string{0: "other", 1: "fifo", 2: "round robin", 3: "batch", 5: "idle", 6: "deadline"} // sched(7)
	if names[number] == "" {
		return nice, strconv.Itoa(number), nil
	}
	return nice, names[number], nil
}

// parseEnvironment splits /proc/PID/environ. Of a variable that is set twice, the first counts, as in getenv(3).
func parseEnvironment(b []byte) map[string]string {
	environment := map[string]string{}
	for _, entry := range strings.Split(string(b), "\x00") {
		if key, value, ok := strings.Cut(entry, "="); ok {
			if _, again := environment[key]; !again {
				environment[key] = value
			}
		}
	}
	return environment
}

// runDelay sums over the threads how long they ran, and how long they were runnable and waited for a CPU (Documentation/scheduler/sched-stats.rst). Threads
// that have ended do not count.
func runDelay(tasks string) (ran, waited time.Duration, err error) {
	files, err := filepath.Glob(filepath.Join(tasks, "*", "schedstat"))
	if err != nil {
		return 0, 0, err
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue // the thread has ended
		}
		if err != nil {
			return 0, 0, err
		}
		var run, wait, slices int64
		if _, err := fmt.Sscan(string(b), &run, &wait, &slices); err != nil {
			return 0, 0, fmt.Errorf("%s: want three numbers, found %q", name, b)
		}
		ran, waited = ran+time.Duration(run), waited+time.Duration(wait)
	}
	return ran, waited, nil
}
