// Package watch watches a process from outside for total capture: every processor of the scheduler held by code that cannot be preempted,
// such as a loop around raw system calls. Then no goroutine runs, and nothing within the process can say so.
//
// Start runs the program a second time as a small child. The two share a page of memory in which the parent counts beats; the child
// looks at it every few milliseconds and, when the count stands still for longer than a limit, prints what every thread of the parent is doing.
// What happens then is the configuration's choice: nothing more, a file that exists while the process is silent (for a liveness probe), or a signal
// that ends it, with a core where the system is set up for that.
//
// A main function that uses the package begins with
//
//	func main() {
//		early := watch.Early()
//		...
//		w, err := watch.Start(watch.Config{Early: early})
//
// because in the child Early must run before the program does anything of its own, and does not return. What runs before main
// (package variables, init functions) runs in the child, too, and stays in its memory.
//
// Silence has innocent causes, which the child tells apart: the parent is stopped by a signal or a debugger; the child itself was not run (the
// machine slept, or the control group stood still), so it cannot know; the parent is gone, then the child ends. It holds no file, port or lock of
// the parent. Start with judge.go, which decides, then threads_linux.go, which looks.
package watch

import (
	"errors"
	"fmt"
	"log/slog"
	"syscall"
	"time"
)

// Token shows that Early was called.
type Token struct{ early bool }

// Config says when silence is too long and what happens then. The zero value of all but Early means the defaults.
type Config struct {
	Early    Token          // what Early returned at the beginning of main
	Limit    time.Duration  // silence that is reported, 20 ms to 1 min; 50 ms
	Driven   bool           // somebody calls Beat at least every Limit/4, as a sampler that does not rest can; else the Watchdog has a goroutine for it
	Abort    time.Duration  // silence that is ended by Signal, at least twice Limit; 0: never
	Signal   syscall.Signal // SIGABRT, for which Go prints goroutines and, with GOTRACEBACK=crash, leaves a core
	Kill     time.Duration  // from Signal to SIGKILL, if it did not help; 10 s
	CoolDown time.Duration  // between reports of the same judgement, unless the silence lasts for ten times Limit; 10 s
	File     string         // exists, with the report in it, while the process is silent; for liveness probes of an orchestrator
	Stacks   bool           // read the stacks of running threads by ptrace, which stops each for some microseconds
	Quiet    bool           // do not print reports to standard error
	Logger   *slog.Logger   // gets reports once the process runs again; nil: slog.Default()
	Notice   func(Report)   // the same, on the Watchdog's goroutine; may be nil
}

func (c Config) withDefaults() (Config, error) {
	if !c.Early.early {
		return c, errors.New("watch: Early is not set: main must begin with watch.Early and pass on what it returns")
	}
	if c.Limit == 0 {
		c.Limit = 50 * time.Millisecond
	}
	if c.Limit < 20*time.Millisecond || c.Limit > time.Minute {
		return c, fmt.Errorf("watch: Limit is %v, expected 20ms to 1m", c.Limit)
	}
	if c.Abort != 0 && c.Abort < 2*c.Limit {
		return c, fmt.Errorf("watch: Abort is %v, expected 0 or at least twice Limit, %v", c.Abort, 2*c.Limit)
	}
	if c.Signal == 0 {
		c.Signal = syscall.SIGABRT
	}
	if c.Signal < 0 || c.Signal > 64 {
		return c, fmt.Errorf("watch: Signal is %d, expected the number of a signal", c.Signal)
	}
	if c.Kill == 0 {
		c.Kill = 10 * time.Second
	}
	if c.Kill < 0 {
		return c, fmt.Errorf("watch: Kill is %v, expected a positive time or 0 for 10s", c.Kill)
	}
	if c.CoolDown == 0 {
		c.CoolDown = 10 * time.Second
	}
	if c.CoolDown < 0 {
		return c, fmt.Errorf("watch: CoolDown is %v, expected a positive time or 0 for 10s", c.CoolDown)
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c, nil
}

// Stats counts what a Watchdog has seen.
type Stats struct {
	Silences uint64        // reported
	Longest  time.Duration // of those that ended
	Alive    bool          // the child runs
}
