package watch

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// readyWithin is how long a child may take to begin; it runs the program's init functions first.
const readyWithin = 30 * time.Second

// Watchdog is the parent's side.
type Watchdog struct {
	config   Config
	beats    *atomic.Uint64
	process  *os.Process
	silences atomic.Uint64
	longest  atomic.Int64
	alive    atomic.Bool
	closing  atomic.Bool
	once     sync.Once
	stop     chan struct{}
	ended    chan struct{} // closed when the child has been waited for
	told     chan struct{} // closed when all its reports have been read
}

// Start starts the child and returns when it watches. From then on something must call Beat often enough, unless Config.Driven is
// false. An error says which field of c is wrong or what the system refused; then no child is left.
func Start(c Config) (*Watchdog, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	heart, err := sharedFile()
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	defer heart.Close()
	w := &Watchdog{config: c, stop: make(chan struct{}), ended: make(chan struct{}), told: make(chan struct{})}
	if w.beats, err = mapBeats(heart); err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	reports, err := w.launch(heart)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	ready := make(chan struct{})
	go w.read(reports, ready)
	if !c.Driven {
		go w.beat()
	}
	select {
	case <-ready:
		return w, nil
	case <-w.ended:
		err = errors.New("watch: the child ended at once: see its message on standard error")
	case <-time.After(readyWithin):
		err = fmt.Errorf("watch: the child is not ready after %v: is watch.Early the first call of main?", readyWithin)
	}
	return nil, errors.Join(err, w.Close())
}

// launch starts the child with the heartbeat and the writing end of a pipe, of which it returns the other.
func (w *Watchdog) launch(heart *os.File) (*os.File, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(order{PID: os.Getpid(), Limit: w.config.Limit, Abort: w.config.Abort, Signal: w.config.Signal, Kill: w.config.Kill, CoolDown: w.config.CoolDown, File: w.config.File,
		Stacks: w.config.Stacks, Quiet: w.config.Quiet})
	if err != nil {
		return nil, err
	}
	in, out, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command(exe)
	cmd.Args = []string{os.Args[0], "[guard watchdog]"}
	cmd.Env = append(os.Environ(), variable+"="+string(text), "GOMAXPROCS=2", "GODEBUG="+strings.TrimPrefix(os.Getenv("GODEBUG")+",asyncpreemptoff=1", ","))
	cmd.Stderr = os.Stderr
	cmd.ExtraFiles = []*os.File{heart, out}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	started := make(chan error)
	go w.keep(cmd, started)
	if err := <-started; err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return in, nil
}

// keep starts the child and waits for it, on a thread that lives as long as the child: the signal that the child gets at the death of its
// parent comes at the death of the thread that started it. Being waited for, it never is a zombie.
func (w *Watchdog) keep(cmd *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := cmd.Start()
	if err == nil {
		w.process = cmd.Process
		w.alive.Store(true)
		unix.Prctl(unix.PR_SET_PTRACER, uintptr(cmd.Process.Pid), 0, 0, 0) // Yama lets a child look at its parent only so; without Yama it is an error
	}
	started <- err
	if err != nil {
		close(w.ended)
		return
	}
	err = cmd.Wait()
	w.alive.Store(false)
	if !w.closing.Load() {
		w.config.Logger.Error("guard: the watchdog ended", "error", err)
	}
	close(w.ended)
}

// Beat is a sign of life. Any goroutine may give one at any time; it takes some nanoseconds and never blocks. After Close it does nothing of use.
func (w *Watchdog) Beat() { w.beats.Add(1) }

// beat gives signs from a goroutine of its own.
func (w *Watchdog) beat() {
	t := time.NewTicker(w.config.Limit / 6)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			w.Beat()
		case <-w.stop:
			return
		}
	}
}

// read takes the child's reports; the first line says only that it is ready.
func (w *Watchdog) read(reports io.ReadCloser, ready chan<- struct{}) {
	defer close(w.told)
	defer reports.Close()
	lines := bufio.NewScanner(reports)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r Report
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			w.config.Logger.Error("guard: the watchdog's report is damaged", "error", err)
			continue
		}
		if r.Judgement == "" {
			close(ready)
			continue
		}
		w.note(r)
	}
}

func (w *Watchdog) note(r Report) {
	if r.Judgement == Over {
		w.longest.Store(max(w.longest.Load(), int64(r.Silent)))
		w.config.Logger.Warn("guard: the process was silent", "for", r.Silent)
	} else {
		w.silences.Add(1)
		w.config.Logger.Error("guard: the process is silent", "for", r.Silent, "judgement", string(r.Judgement), "cpu", r.CPU, "window", r.Window, "threads", len(r.Threads)+r.Left)
	}
	if w.config.Notice != nil {
		w.config.Notice(r)
	}
}

// Stats counts what has been seen up to now.
func (w *Watchdog) Stats() Stats {
	return Stats{Silences: w.silences.Load(), Longest: time.Duration(w.longest.Load()), Alive: w.alive.Load()}
}

// PID is the child's.
func (w *Watchdog) PID() int { return w.process.Pid }

// Close ends the child and waits for its end.
func (w *Watchdog) Close() error {
	w.once.Do(func() {
		w.closing.Store(true)
		close(w.stop)
		w.process.Kill()
		unix.Prctl(unix.PR_SET_PTRACER, 0, 0, 0, 0)
	})
	<-w.ended
	<-w.told
	return nil
}

func sortByCPU(ts []Thread) {
	sort.SliceStable(ts, func(i, j int) bool { return ts[i].CPU > ts[j].CPU })
}
