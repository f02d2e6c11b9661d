package watch

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/mote-go/mote/guard/cgroup"
	"github.com/mote-go/mote/guard/internal/raw"
	"golang.org/x/sys/unix"
)

// variable is the environment variable that makes a process the child; its value is an order.
const variable = "GUARD_WATCH_CHILD"

// The files that the child is given.
const (
	heartFD  = 3
	reportFD = 4
)

// order is what the parent tells the child.
type order struct {
	PID      int
	Limit    time.Duration
	Abort    time.Duration
	Signal   syscall.Signal
	Kill     time.Duration
	CoolDown time.Duration
	File     string
	Stacks   bool
	Quiet    bool
}

// Early is to be called at the very beginning of main. In the child it watches and does not return; elsewhere it does nothing but return a
// Token for Config.
func Early() Token {
	text, ok := os.LookupEnv(variable)
	if !ok {
		return Token{early: true}
	}
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		fmt.Fprintf(os.Stderr, "guard: %s: %v\n", variable, err)
		os.Exit(2)
	}
	if err := serve(o); err != nil {
		fmt.Fprintf(os.Stderr, "guard: watchdog of process %d: %v\n", o.PID, err)
		os.Exit(1)
	}
	os.Exit(0)
	return Token{}
}

// child is the watching process.
type child struct {
	order
	beats     *atomic.Uint64
	tasks     tasks
	judge     judge
	start     time.Time
	before    map[int]time.Duration // CPU time of threads when silence was suspected
	suspected time.Duration
	throttled time.Duration // of the control group, then
	group     *cgroup.Reader
	out       chan Report
	told      map[Judgement]time.Duration // when a report was made last
	reported  bool                        // the present silence was
}

// serve watches until the parent is gone.
func serve(o order) error {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT) // those are the parent's business
	debug.SetGCPercent(20)
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("prctl: %w", err)
	}
	unix.Setpriority(unix.PRIO_PROCESS, 0, -10) // where that is allowed: threads that take all CPUs are what it is to see
	beats, err := mapBeats(os.NewFile(heartFD, "heartbeat"))
	if err != nil {
		return err
	}
	c := &child{order: o, beats: beats, tasks: tasksOf("/", o.PID), start: time.Now(), out: make(chan Report, 8), told: map[Judgement]time.Duration{},
		judge: judge{limit: o.Limit, abort: o.Abort, kill: o.Kill}}
	if g, err := cgroup.Find("/"); err == nil {
		if c.group, err = g.Open("/"); err == nil {
			c.group.Quota() // tells Stat which levels have one; without, there is no throttling to see
		}
	}
	go c.write()
	c.out <- Report{PID: o.PID} // ready
	c.watch()
	return nil
}

// watch looks at the heartbeat six times in the limit, on one thread that does nothing else. It sleeps without the scheduler, which keeps a processor meanwhile;
// the child has a second one. A timer would poll the network, and a system call that the scheduler knows of would have the processor taken away and
// fetched again, for twice the CPU time.
func (c *child) watch() {
	pause := c.Limit / 6
	for os.Getppid() == c.PID {
		before := c.now()
		raw.Pause(pause)
		now := c.now()
		c.act(c.judge.step(now, c.beats.Load(), now-before-pause), now)
	}
}

func (c *child) now() time.Duration { return time.Since(c.start) }

func (c *child) act(v verdict, now time.Duration) {
	switch v {
	case suspect:
		c.before, c.suspected, c.throttled = c.tasks.cpu(), now, c.throttledTime()
	case silent:
		c.alarm(now)
	case over:
		if c.reported {
			c.send(Report{At: time.Now(), PID: c.PID, Silent: c.judge.silence(now), Judgement: Over})
		}
		if c.File != "" {
			os.Remove(c.File)
		}
	case fine:
		if c.judge.stage == silent && !c.reported && c.judge.silence(now) >= long*c.Limit {
			c.alarm(now)
		}
	case abort:
		if c.tasks.stopped() {
			c.judge.stage = silent
			c.judge.excuse(now)
			return
		}
		c.end(c.Signal)
	case kill:
		c.end(syscall.SIGKILL)
	}
}

// alarm reports a silence, unless it is an innocent one or one of many of its kind.
func (c *child) alarm(now time.Duration) {
	if c.tasks.stopped() {
		c.judge.withdraw(now)
		return
	}
	r, places := c.examine(now)
	if c.reported = c.worth(r, now); c.reported {
		c.locate(&r, places)
		c.send(r)
	}
	if c.File != "" {
		if err := writeFile(c.File, r.String()); err != nil {
			fmt.Fprintf(os.Stderr, "guard: watchdog: %v\n", err)
		}
	}
}

// worth decides whether a report is made, or falls into the cool-down after one like it.
func (c *child) worth(r Report, now time.Duration) bool {
	last, before := c.told[r.Judgement]
	if before && now-last < c.CoolDown && r.Silent < long*c.Limit {
		return false
	}
	c.told[r.Judgement] = now
	return true
}

// long is how many times the limit a silence must last to be reported in the cool-down, too.
const long = 10

func (c *child) end(s syscall.Signal) {
	fmt.Fprintf(os.Stderr, "guard: process %d has given no sign for %v: sending signal %d (%v)\n", c.PID, c.judge.silence(c.now()).Round(time.Millisecond), int(s), s)
	if err := syscall.Kill(c.PID, s); err != nil {
		fmt.Fprintf(os.Stderr, "guard: watchdog: kill: %v\n", err)
	}
}

// most is how many threads a report lists: those with most CPU time.
const most = 64

func (c *child) examine(now time.Duration) (Report, map[int]place) {
	r := Report{At: time.Now(), PID: c.PID, Silent: c.judge.silence(now), Window: now - c.suspected, Threads: []Thread{}}
	places := map[int]place{}
	ids, err := c.tasks.ids()
	if err != nil {
		r.Note = err.Error()
	}
	for _, id := range ids {
		t, at, err := c.tasks.thread(id, c.before[id])
		if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ESRCH) {
			continue
		}
		if err != nil {
			r.Note = err.Error()
		}
		places[id] = at
		r.CPU += t.CPU
		r.Threads = append(r.Threads, t)
	}
	r.Throttled = c.throttledTime() - c.throttled
	r.Judgement = judgement(r.Threads, r.Window, r.Throttled)
	sortByCPU(r.Threads)
	if n := len(r.Threads); n > most {
		r.Threads, r.Left = r.Threads[:most], n-most
	}
	return r, places
}

// locate says where in the program threads are.
func (c *child) locate(r *Report, places map[int]place) {
	table, err := readSymbols(c.tasks.dir)
	if err != nil {
		r.Note = "no symbols: " + err.Error()
		return
	}
	var run []int
	for _, t := range r.Threads {
		if t.State == "R" && c.Stacks {
			run = append(run, t.ID)
		}
	}
	found := stacks(c.PID, run)
	for i := range r.Threads {
		t := &r.Threads[i]
		pcs := found[t.ID]
		if len(pcs) == 0 {
			pcs = []uint64{places[t.ID].pc}
		}
		for _, pc := range pcs {
			if pc != 0 {
				t.Stack = append(t.Stack, table.name(pc))
			}
		}
	}
}

func (c *child) throttledTime() time.Duration {
	if c.group == nil {
		return 0
	}
	s, err := c.group.Stat()
	if err != nil {
		return 0
	}
	return s.Time
}

// send hands a report to the writer; when that is stuck on a full pipe, watching goes on and the report is lost.
func (c *child) send(r Report) {
	select {
	case c.out <- r:
	default:
	}
}

// write prints reports and tells them to the parent, one JSON object a line.
func (c *child) write() {
	pipe := os.NewFile(reportFD, "reports")
	for r := range c.out {
		if !c.Quiet && r.Judgement != "" {
			fmt.Fprint(os.Stderr, r)
		}
		line, err := json.Marshal(r)
		if err != nil {
			continue
		}
		pipe.Write(append(line, '\n'))
	}
}

// writeFile replaces a file as a whole.
func writeFile(name, text string) error {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
