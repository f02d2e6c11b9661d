package doctor

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// TestThisProcess reads a real /proc, and asks the kernel for the policy, which the process has from who started it.
func TestThisProcess(t *testing.T) {
	p, b, err := ReadProcess("/", os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	policy, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_GETSCHEDULER, uintptr(os.Getpid()), 0, 0)
	if errno != 0 {
		t.Fatal(errno)
	}
	want, ok := map[uintptr]string{0: "other", 1: "fifo", 2: "round robin", 3: "batch", 5: "idle", 6: "deadline"}[policy]
	if !ok || p.Policy != want {
		t.Errorf("policy %q, want %q, number %d", p.Policy, want, policy)
	}
	if b.GoVersion != runtime.Version() || p.CPUs != runtime.NumCPU() || p.Threads < 1 || p.Resident == 0 || p.Ran == 0 {
		t.Errorf("read %+v\n%+v", p, b)
	}
}
