//go:build unix

package suite

import "syscall"

// favour lets the generator run before the server when both want a CPU, as if it were on a machine of its own. Only root may; without, the generator's
// lateness says whether it mattered.
func favour(pid int) { _ = syscall.Setpriority(syscall.PRIO_PROCESS, pid, -10) }
