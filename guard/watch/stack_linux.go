//go:build linux && (amd64 || arm64)

package watch

import (
	"encoding/binary"
	"errors"
	"runtime"
	"time"

	"github.com/mote-go/mote/guard/internal/raw"
	"golang.org/x/sys/unix"
)

// deepest is how many frames are read of a stack.
const deepest = 16

// patience is how long a thread may take to stop: on a machine that is busy it has to wait for a CPU first.
const patience = 100 * time.Millisecond

// stacks stops threads of a process by ptrace, one after the other, reads their registers, follows the frame pointers, which Go keeps on these
// architectures, and lets them go again. It is the only way to learn where a thread is that runs: /proc says nothing but "running" then.
//
// A tracer is a thread, and the kernel frees all its tracees when it ends. So that no thread of the process can be left stopped, whatever
// goes wrong, this one ends after the work: its goroutine is locked to it and never unlocked. The first thread of a process
// would not end with its goroutine, so it is never the tracer.
func stacks(pid int, tids []int) map[int][]uint64 {
	done := make(chan map[int][]uint64)
	go func() {
		runtime.LockOSThread()
		if unix.Gettid() == unix.Getpid() {
			done <- stacks(pid, tids) // on another thread, since this one waits
			runtime.UnlockOSThread()
			return
		}
		found := map[int][]uint64{}
		for _, tid := range tids {
			if pcs, err := stack(pid, tid); err == nil {
				found[tid] = pcs
			} else if errors.Is(err, errNotStopped) {
				break // it is freed by the end of this thread
			}
		}
		done <- found
	}()
	return <-done
}

var errNotStopped = errors.New("the thread does not stop")

// stack reads one. When it returns anything but errNotStopped, the thread is free again.
func stack(pid, tid int) ([]uint64, error) {
	if err := unix.PtraceSeize(tid); err != nil {
		return nil, err
	}
	if err := unix.PtraceInterrupt(tid); err != nil {
		return nil, errNotStopped
	}
	signal, err := stops(tid)
	if err != nil {
		return nil, err
	}
	var regs unix.PtraceRegs
	var pcs []uint64
	err = unix.PtraceGetRegs(tid, &regs)
	if err == nil {
		pcs = unwind(pid, &regs)
	}
	if detach(tid, signal) != nil {
		return pcs, errNotStopped
	}
	return pcs, err
}

// unwind follows the frame pointers.
func unwind(pid int, regs *unix.PtraceRegs) []uint64 {
	pc, fp, link := position(regs)
	pcs := []uint64{pc}
	if link != 0 {
		pcs = append(pcs, link-1)
	}
	for len(pcs) < deepest {
		next, ret, ok := frame(pid, fp)
		if !ok || ret == 0 {
			break
		}
		pcs = append(pcs, ret-1) // within the call, not behind it
		if next <= fp {
			break
		}
		fp = next
	}
	return pcs
}

// stops waits until the thread has stopped. If a signal for it came first, it is returned, so that the thread can have it.
func stops(tid int) (unix.Signal, error) {
	for end := time.Now().Add(patience); time.Now().Before(end); {
		var status unix.WaitStatus
		got, err := unix.Wait4(tid, &status, unix.WALL|unix.WNOHANG, nil)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return 0, err
		case got == tid && !status.Stopped():
			return 0, unix.ESRCH // it has ended
		case got == tid && int(status)>>16 != 0:
			return 0, nil // the stop that was asked for
		case got == tid:
			return status.StopSignal(), nil
		}
		raw.Pause(100 * time.Microsecond)
	}
	return 0, errNotStopped
}

// detach lets the thread go on, with the signal that it was stopped by.
func detach(tid int, signal unix.Signal) error {
	_, _, errno := unix.RawSyscall6(unix.SYS_PTRACE, unix.PTRACE_DETACH, uintptr(tid), 0, uintptr(signal), 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}

// frame reads the two words at a frame pointer: the caller's frame pointer and the return address.
func frame(pid int, fp uint64) (next, ret uint64, ok bool) {
	if fp == 0 || fp%8 != 0 {
		return 0, 0, false
	}
	var b [16]byte
	local := []unix.Iovec{{Base: &b[0]}}
	local[0].SetLen(len(b))
	// Safety: the address is one of the other process; the kernel checks it.
	n, err := unix.ProcessVMReadv(pid, local, []unix.RemoteIovec{{Base: uintptr(fp), Len: len(b)}}, 0)
	if err != nil || n != len(b) {
		return 0, 0, false
	}
	return binary.NativeEndian.Uint64(b[:8]), binary.NativeEndian.Uint64(b[8:]), true
}
