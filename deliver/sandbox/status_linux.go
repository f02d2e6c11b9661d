package sandbox

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Current reads the status of the calling process from /proc.
func Current() (Status, error) {
	f, err := os.Open("/proc/thread-self/status")
	if err != nil {
		return Status{}, err
	}
	defer f.Close()
	var s Status
	mode := 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), ":")
		n, _ := strconv.Atoi(strings.TrimSpace(value))
		switch key {
		case "NoNewPrivs":
			s.NoNewPrivs = n == 1
		case "Seccomp":
			mode = n
		case "Seccomp_filters": // since Linux 5.9
			s.Filters = n
		}
	}
	if mode == 2 && s.Filters == 0 {
		s.Filters = 1
	}
	if err := lines.Err(); err != nil {
		return Status{}, fmt.Errorf("/proc/thread-self/status: %w", err)
	}
	return s, nil
}
