package load

import (
	"os"
	"strconv"

	"golang.org/x/sys/unix"
)

// Favour lets this process run before all others that want a CPU, as if it were on a machine of its own: under SCHED_RR, with which it goes out on time
// (to 0.1 ms) even with a dozen other processes on the CPUs, or if that is not allowed, at a better nice value. Both take root; without,
// the lateness in the report says whether it mattered. It returns what was possible.
func Favour() string {
	attr := unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_RR, Priority: 1}
	if everyThread(func(tid int) error { return unix.SchedSetAttr(tid, &attr, 0) }) == nil {
		return "real-time"
	}
	if everyThread(func(tid int) error { return unix.Setpriority(unix.PRIO_PROCESS, tid, -10) }) == nil {
		return "nice -10"
	}
	return "ordinary"
}

// everyThread calls f for the threads of this process. Those that they start later inherit what it sets.
func everyThread(f func(tid int) error) error {
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return err
	}
	for _, task := range tasks {
		tid, err := strconv.Atoi(task.Name())
		if err != nil {
			return err
		}
		if err := f(tid); err != nil {
			return err
		}
	}
	return nil
}
