package suite

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit of /proc/stat and /proc/PID/stat: USER_HZ, which is 100 on every Linux that Go runs on (proc(5)).
const tick = 10 * time.Millisecond

// machineCPU is the time that all CPUs together have been busy, with what the hypervisor took away. It is zero where there is no /proc.
func machineCPU() (busy time.Duration) {
	data, _ := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(data), "\n")
	// cpu user nice system idle iowait irq softirq steal, and then what is in user already.
	for i, field := range strings.Fields(line) {
		if n, err := strconv.ParseInt(field, 10, 64); err == nil && i >= 1 && i <= 8 && i != 4 && i != 5 {
			busy += time.Duration(n) * tick
		}
	}
	return busy
}

// processCPU is the CPU time of a process and of its children that run.
func processCPU(pid int) (used time.Duration) {
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range files {
		own, parent, cpu := processStat(file)
		if own == pid || parent == pid {
			used += cpu
		}
	}
	return used
}

// processStat reads what matters here of a process; zero if it is gone.
func processStat(file string) (pid, parent int, cpu time.Duration) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, 0, 0
	}
	// The second field is the program's name in parentheses, which may itself have spaces and parentheses (proc(5)).
	text := string(data)
	end := strings.LastIndexByte(text, ')')
	fields := strings.Fields(text[end+1:])
	if end < 0 || len(fields) < 13 {
		return 0, 0, 0
	}
	pid, _ = strconv.Atoi(strings.Fields(text)[0])
	parent, _ = strconv.Atoi(fields[1])
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return pid, parent, time.Duration(user+system) * tick
}
