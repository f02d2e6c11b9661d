package watch

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// role says what the test program does instead of running tests, when it is started by one.
const role = "WATCH_TEST_ROLE"

func TestMain(m *testing.M) {
	early := Early()
	switch r := os.Getenv(role); r {
	case "":
		os.Exit(m.Run())
	case "stranger":
		_, _, err := tasksOf("/", os.Getppid()).thread(os.Getppid(), 0)
		fmt.Println(err)
	default:
		play(r, early)
	}
}

// play is the watched process. It prints the child's number, then does what its role says until it reads from standard input, and prints
// each report as a line of JSON.
func play(r string, early Token) {
	over := make(chan bool, 100)
	c := Config{Early: early, Stacks: true, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Notice: func(r Report) {
		json.NewEncoder(os.Stdout).Encode(r)
		over <- r.Judgement == Over
	}}
	if text := os.Getenv(role + "_CONFIG"); text != "" {
		var set struct {
			Abort time.Duration
			File  string
		}
		if err := json.Unmarshal([]byte(text), &set); err != nil {
			panic(err)
		}
		c.Abort, c.File = set.Abort, set.File
	}
	w, err := Start(c)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(w.PID())
	if r == "captured" {
		fmt.Println(time.Now().UnixNano())
		captured()
		for !<-over {
		}
	} else {
		os.Stdin.Read(make([]byte, 1))
	}
	w.Close()
}

// captured holds all processors until there is something to read.
func captured() {
	syscall.SetNonblock(0, true)
	n := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); capture() }()
	}
	wg.Wait()
}

// capture cannot be preempted: signals arrive while it is in the kernel, so its program counter is in assembly.
func capture() {
	var b [1]byte
	for {
		if n, _, errno := syscall.RawSyscall(syscall.SYS_READ, 0, uintptr(unsafe.Pointer(&b)), 1); errno == 0 && n <= 1 {
			return
		}
	}
}

// process is a test program in a role.
type process struct {
	*exec.Cmd
	in    io.WriteCloser
	out   *bufio.Scanner
	err   strings.Builder
	child int
}

func start(t testing.TB, r, config string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command(os.Args[0])}
	p.Env = append(os.Environ(), role+"="+r, role+"_CONFIG="+config, "GOMAXPROCS=2", "GOTRACEBACK=none")
	p.Stderr = &p.err
	in, err1 := p.StdinPipe()
	out, err2 := p.StdoutPipe()
	if err := errors.Join(err1, err2, p.Start()); err != nil {
		t.Fatal(err)
	}
	p.in, p.out = in, bufio.NewScanner(out)
	p.out.Buffer(nil, 1<<20)
	t.Cleanup(func() { p.Process.Kill(); p.Wait() })
	if _, err := fmt.Sscan(p.line(t), &p.child); err != nil {
		t.Fatalf("no watchdog: %v\n%s", err, p.err.String())
	}
	return p
}

func (p *process) line(t testing.TB) string {
	t.Helper()
	if !p.out.Scan() {
		t.Fatalf("the process ended: %v\n%s", p.out.Err(), p.err.String())
	}
	return p.out.Text()
}

// gone tells whether a process is no more, or is only waiting to be noticed by the system's first process.
func gone(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	_, state, _ := parseStat(string(b))
	return state == "Z" || state == "X"
}

// within waits for something that comes without a moment of its own.
func within(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

func TestTotalCapture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "silent")
	p := start(t, "captured", fmt.Sprintf(`{"File": %q}`, file))
	p.line(t) // when it began
	within(t, "no file that says that the process is silent", func() bool { _, err := os.Stat(file); return err == nil })
	p.in.Write([]byte("go on"))
	p.in.Close()
	var first, last Report
	if err := json.Unmarshal([]byte(p.line(t)), &first); err != nil {
		t.Fatal(err)
	}
	for last.Judgement != Over {
		if err := json.Unmarshal([]byte(p.line(t)), &last); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Wait(); err != nil {
		t.Errorf("%v\n%s", err, p.err.String())
	}
	if first.Silent < 50*time.Millisecond || last.Silent < first.Silent || len(first.Threads) < 3 {
		t.Errorf("silent %v, then over after %v; %d threads", first.Silent, last.Silent, len(first.Threads))
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is still there: %v", err)
	}
	if first.Judgement != Captured && first.Judgement != Contended { // the latter on a machine that others use
		t.Errorf("judged %s", first.Judgement)
	}
	text := p.err.String()
	if !strings.Contains(text, "has given no sign for") || !strings.Contains(text, "gives signs again") {
		t.Errorf("printed: %s", text)
	}
	if first.Note != "" {
		t.Logf("incomplete: %s", first.Note)
	} else if arch := runtime.GOARCH; (arch == "amd64" || arch == "arm64") && !strings.Contains(text, "watch.capture ") {
		t.Errorf("function capture is not named in: %s", text)
	}
	if testing.Verbose() {
		t.Log(text)
	}
}

func TestAbort(t *testing.T) {
	p := start(t, "captured", `{"Abort": 200000000}`)
	err := p.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		t.Fatalf("ended with %v", err)
	}
	status := exit.Sys().(syscall.WaitStatus)
	if ok := status.Signaled() && status.Signal() == syscall.SIGABRT || status.ExitStatus() == 2; !ok { // Go ends with 2 after printing
		t.Errorf("ended with %v, expected SIGABRT\n%s", exit, p.err.String())
	}
	if !strings.Contains(p.err.String(), "sending signal 6") {
		t.Errorf("printed: %s", p.err.String())
	}
	within(t, "the child is left over", func() bool { return gone(p.child) })
}

// A process that was stopped has not been captured, whether by job control or by a debugger.
func TestStoppedIsNotCaptured(t *testing.T) {
	p := start(t, "idle", "")
	for i := 0; i < 3; i++ {
		p.Process.Signal(syscall.SIGSTOP)
		time.Sleep(200 * time.Millisecond) // four times the limit
		p.Process.Signal(syscall.SIGCONT)
		time.Sleep(30 * time.Millisecond)
	}
	p.in.Close()
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
	// A loaded machine can keep the process from running for the limit after it goes on; that is a true report, but no capture.
	if text := p.err.String(); strings.Contains(text, string(Captured)) {
		t.Errorf("printed: %s", text)
	}
}

// When the child does not run, for whatever reason, it knows nothing about the parent and must not say anything.
func TestChildThatDidNotRun(t *testing.T) {
	p := start(t, "idle", "")
	for i := 0; i < 3; i++ {
		syscall.Kill(p.child, syscall.SIGSTOP)
		time.Sleep(150 * time.Millisecond)
		syscall.Kill(p.child, syscall.SIGCONT)
		time.Sleep(30 * time.Millisecond)
	}
	p.in.Close()
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
	if text := p.err.String(); strings.Contains(text, string(Captured)) {
		t.Errorf("printed: %s", text)
	}
}

// Without the right to look, as in containers that take it away, what is missing is said.
func TestNoPermission(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("needs root to become somebody else")
	}
	cmd := exec.Command("/proc/self/exe") // others may not enter the folder that the program is in
	cmd.Env = append(os.Environ(), role+"=stranger")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "no permission to read /proc/") {
		t.Errorf("%v: %s", err, out)
	}
}

func TestChildDiesWithItsParent(t *testing.T) {
	p := start(t, "idle", "")
	p.Process.Kill()
	p.Wait()
	within(t, "the child outlives its parent", func() bool { return gone(p.child) })
}

func TestCloseLeavesNothing(t *testing.T) {
	w, err := Start(Config{Early: Early(), Quiet: true})
	if err != nil {
		t.Fatal(err)
	}
	pid := w.PID()
	w.Beat()
	if !w.Stats().Alive {
		t.Error("not alive")
	}
	if err := errors.Join(w.Close(), w.Close()); err != nil {
		t.Error(err)
	}
	if err := syscall.Kill(pid, 0); err != syscall.ESRCH {
		t.Errorf("the child is there, perhaps as a zombie: %v", err)
	}
	if w.Stats().Alive {
		t.Error("alive")
	}
}

func TestBadConfig(t *testing.T) {
	early := Early()
	for want, c := range map[string]Config{
		"Early is not set": {},
		"Limit is 1ms":     {Early: early, Limit: time.Millisecond},
		"Abort is 70ms":    {Early: early, Abort: 70 * time.Millisecond},
		"Signal is 99":     {Early: early, Signal: 99},
		"Kill is -1s":      {Early: early, Kill: -time.Second},
		"CoolDown is -1s":  {Early: early, CoolDown: -time.Second},
	} {
		if _, err := Start(c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, expected one with %q", err, want)
		}
	}
}

// BenchmarkCapture measures the time from total capture to the report about it.
func BenchmarkCapture(b *testing.B) {
	var sum, worst time.Duration
	for i := 0; i < b.N; i++ {
		file := filepath.Join(b.TempDir(), "silent")
		p := start(b, "captured", fmt.Sprintf(`{"File": %q}`, file))
		var began int64
		if _, err := fmt.Sscan(p.line(b), &began); err != nil {
			b.Fatal(err)
		}
		within(b, "no report", func() bool { _, err := os.Stat(file); return err == nil })
		p.in.Write([]byte("go on"))
		p.in.Close()
		var r Report
		if err := json.Unmarshal([]byte(p.line(b)), &r); err != nil {
			b.Fatal(err)
		}
		took := time.Duration(r.At.UnixNano() - began)
		sum += took
		worst = max(worst, took)
		p.Wait()
	}
	b.ReportMetric(float64(sum.Microseconds())/1000/float64(b.N), "ms/detection")
	b.ReportMetric(float64(worst.Microseconds())/1000, "ms-worst")
}

func BenchmarkBeat(b *testing.B) {
	w, err := Start(Config{Early: Early(), Quiet: true})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	for i := 0; i < b.N; i++ {
		w.Beat()
	}
}
