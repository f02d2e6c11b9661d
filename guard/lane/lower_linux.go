package lane

import "golang.org/x/sys/unix"

// lower lowers the priority of the calling thread, and tells whether it could. A process may always do so by sched(7), but a system call filter
// may refuse the one call or the other.
func lower(nice int) bool {
	attr := unix.SchedAttr{Size: unix.SizeofSchedAttr, Policy: unix.SCHED_BATCH, Nice: int32(nice)}
	if unix.SchedSetAttr(0, &attr, 0) == nil {
		return true
	}
	return unix.Setpriority(unix.PRIO_PROCESS, 0, nice) == nil
}
