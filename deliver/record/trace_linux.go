package record

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"

	"mote/deliver/syscalls"
)

// Tracer records one program.
type Tracer struct {
	PID   int
	Ended <-chan error // gets one value when the program has ended: nil for status 0, otherwise how it ended

	result chan *Recording
}

// Start starts cmd under the tracer. cmd's standard streams must be files, and cmd.Wait must not be called: the tracer waits.
func Start(cmd *exec.Cmd) (*Tracer, error) {
	table, err := syscalls.Of(runtime.GOARCH)
	if err != nil {
		return nil, err
	}
	ended, started := make(chan error, 1), make(chan error)
	t := &Tracer{Ended: ended, result: make(chan *Recording, 1)}
	go func() {
		runtime.LockOSThread() // the kernel takes requests from the thread that traces alone; it ends with the goroutine
		s, err := startTraced(cmd, table)
		if err == nil {
			t.PID = s.main
		}
		started <- err
		if err != nil {
			return
		}
		err = s.run()
		t.result <- s.log.recording()
		ended <- err
	}()
	return t, <-started
}

// Recording is what was recorded; call it once, after Ended.
func (t *Tracer) Recording() *Recording { return <-t.result }

// session is the tracer's side of a traced program.
type session struct {
	main    int
	table   *syscalls.Table
	log     *log
	threads map[int]*thread
	sockets map[socketKey]bool // sockets that are TCP's
}

// thread is a traced thread.
type thread struct {
	process int
	pending *call // entered, and not left
	started bool  // its first stop has been seen
}

// call is a system call that a thread is in.
type call struct {
	name string
	args [6]uint64
	path string // resolved when it was entered, for calls that have one
}

// startTraced starts cmd; it stops before its first instruction.
func startTraced(cmd *exec.Cmd, table *syscalls.Table) (*session, error) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Ptrace = true
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	pid := cmd.Process.Pid
	var status unix.WaitStatus
	if _, err := wait(pid, &status); err != nil {
		return nil, err
	}
	if !status.Stopped() {
		return nil, fmt.Errorf("trace: the program ended before it began: %v", describe(status))
	}
	options := unix.PTRACE_O_TRACESYSGOOD | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_EXITKILL
	if err := unix.PtraceSetOptions(pid, options); err != nil {
		return nil, fmt.Errorf("trace: %w", err)
	}
	s := &session{main: pid, table: table, log: newLog(table.Arch), threads: map[int]*thread{}, sockets: map[socketKey]bool{}}
	s.threads[pid] = &thread{process: pid, started: true}
	s.executable(pid)
	return s, unix.PtraceSyscall(pid, 0)
}

// wait waits for one traced thread, or for any with pid -1.
func wait(pid int, status *unix.WaitStatus) (int, error) {
	for {
		id, err := unix.Wait4(pid, status, unix.WALL, nil)
		if !errors.Is(err, unix.EINTR) {
			return id, err
		}
	}
}

// run goes from stop to stop until the program has ended.
func (s *session) run() error {
	for {
		var status unix.WaitStatus
		id, err := wait(-1, &status)
		if err != nil {
			return fmt.Errorf("trace: %w", err)
		}
		if status.Exited() || status.Signaled() {
			delete(s.threads, id)
			if id == s.main {
				return describe(status)
			}
			continue
		}
		if status.Stopped() {
			s.stopped(id, status)
		}
	}
}

// describe says how a process ended.
func describe(status unix.WaitStatus) error {
	switch {
	case status.Signaled() && status.Signal() == unix.SIGTERM, status.Exited() && status.ExitStatus() == 0:
		return nil
	case status.Signaled():
		return fmt.Errorf("signal: %v", status.Signal())
	}
	return fmt.Errorf("exit status %d", status.ExitStatus())
}

// stopped handles a stop and lets the thread go on. A thread that is gone by then needs neither.
func (s *session) stopped(id int, status unix.WaitStatus) {
	t := s.threads[id]
	if t == nil {
		t = &thread{process: processOf(id)}
		s.threads[id] = t
	}
	signal := 0
	switch stop := status.StopSignal(); {
	case stop == unix.SIGTRAP|0x80: // PTRACE_O_TRACESYSGOOD
		s.atCall(id, t)
	case stop == unix.SIGTRAP && status.TrapCause() > 0:
		if status.TrapCause() == unix.PTRACE_EVENT_EXEC {
			t.pending = nil // the call that began is another program's
			t.process = id
			s.executable(id)
		}
	case stop == unix.SIGSTOP && !t.started: // how a new thread begins to be traced
	default:
		signal = int(stop)
	}
	t.started = true
	_ = unix.PtraceSyscall(id, signal)
}

// syscallInfo is struct ptrace_syscall_info (ptrace(2), PTRACE_GET_SYSCALL_INFO, Linux 5.3). On exit, word 0 is the result and the lowest byte of word 1
// says whether that is an error.
type syscallInfo struct {
	op   uint8
	_    [3]uint8
	arch uint32
	ip   uint64
	sp   uint64
	word [8]uint64
}

// Values of syscallInfo.op.
const (
	atEntry = 1
	atExit  = 2
)

// atCall handles a stop at the begin or end of a call.
func (s *session) atCall(id int, t *thread) {
	var info syscallInfo
	// Safety: the kernel writes at most the size that is given; info lives until the call returns.
	_, _, errno := unix.RawSyscall6(unix.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(id), unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0)
	if errno != 0 {
		return
	}
	switch info.op {
	case atEntry:
		name, ok := s.table.Name(int(info.word[0]))
		if !ok || info.arch != s.table.Audit {
			s.log.unknown[int(info.word[0])] = true
			return
		}
		t.pending = &call{name: name, args: [6]uint64(info.word[1:7])}
		s.enter(id, t.pending)
	case atExit:
		if t.pending != nil {
			s.leave(id, t, int64(info.word[0]), uint8(info.word[1]) != 0)
		}
		t.pending = nil
	}
}
