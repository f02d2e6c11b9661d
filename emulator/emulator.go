// Package emulator runs images under QEMU: one program, its console wired to the caller's streams by semihosting, a time limit,
// and the exit status that the program gave.
//
// It knows boards only by target.Emulator. Start reading at Run; Count runs an image with the instruction counter of plugin/.
package emulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"mote/internal/diag"
	"mote/target"
)

// Config says what to run.
type Config struct {
	Target        *target.Target
	ELF           string
	Args          []string      // the program's arguments behind its name, for SYS_GET_CMDLINE
	Name          string        // os.Args[0]; "" means the ELF's path
	Dir           string        // where the program's files are; "" is the caller's directory
	Stdin         io.Reader     // nil: empty
	Stdout        io.Writer     // nil: discarded
	Stderr        io.Writer     // nil: discarded; QEMU's own messages come here too
	Timeout       time.Duration // 0: none
	ICount        bool          // virtual time advances by one nanosecond an instruction: deterministic
	Deterministic bool          // virtual time advances by 8 ns an instruction, and sleeping takes none: a run is the same on every machine
	Extra         []string      // further QEMU flags: -gdb, -plugin
	Trace         io.Writer     // the command is printed here when not nil (-x)
}

// Result is how a program ended.
type Result struct {
	ExitCode int
	Duration time.Duration // host time
}

// ErrTimeout is wrapped by the error of a run that took longer than Config.Timeout.
var ErrTimeout = errors.New("timed out")

// Run boots the image and waits for the program to exit. A program that exits with any status is no error; an emulator that
// is missing, can't start or runs out of time is. It blocks; cancelling ctx kills the emulator and everything it started.
func Run(ctx context.Context, cfg Config) (Result, error) {
	program, err := find(cfg.Target)
	if err != nil {
		return Result{}, err
	}
	if cfg.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, cfg.Timeout, fmt.Errorf("%w after %v", ErrTimeout, cfg.Timeout))
		defer cancel()
	}
	args := arguments(cfg)
	if cfg.Trace != nil {
		fmt.Fprintln(cfg.Trace, program, strings.Join(args, " "))
	}
	cmd := exec.CommandContext(ctx, program, args...)
	messages := &tail{to: cfg.Stderr}
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = cfg.Dir, cfg.Stdin, cfg.Stdout, messages
	if cfg.Stdout != nil && cfg.Stdout == cfg.Stderr {
		cmd.Stdout = messages // the same writer: os/exec then makes one pipe, which keeps the order
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	begin := time.Now()
	err = cmd.Run()
	res := Result{Duration: time.Since(begin)}
	return res.finish(ctx, cmd, messages.String(), err)
}

// finish tells the program's own end from the emulator's.
func (res Result) finish(ctx context.Context, cmd *exec.Cmd, messages string, err error) (Result, error) {
	if cause := context.Cause(ctx); cause != nil {
		return res, fmt.Errorf("emulator: %w", cause)
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return res, fmt.Errorf("emulator: %w", err)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		if strings.Contains(messages, "qemu: fatal: Lockup") {
			return res, errors.New("emulator: the processor locked up: a fault inside a fault handler, or a stack that is not in memory")
		}
		return res, fmt.Errorf("emulator: %s was killed by signal %v", cmd.Path, status.Signal())
	}
	res.ExitCode = cmd.ProcessState.ExitCode()
	if res.ExitCode == 1 && strings.Contains("\n"+messages, "\n"+filepath.Base(cmd.Path)+": ") {
		return res, fmt.Errorf("emulator: %s did not start the image", cmd.Path)
	}
	return res, nil
}

// find looks for the target's emulator; errors name the Debian package, or say that there is none for the board.
func find(t *target.Target) (string, error) {
	if t.Emulator.Program == "" {
		return "", diag.Errorf(token.Position{}, "mote targets lists the ones with an emulator", "target %s can only be built: no emulator boots it", t.Name)
	}
	path, err := exec.LookPath(t.Emulator.Program)
	if err != nil {
		return "", diag.Errorf(token.Position{}, "apt-get install "+t.Emulator.Package, "%s not found: it is in the Debian package %s", t.Emulator.Program, t.Emulator.Package)
	}
	return path, nil
}

// arguments are QEMU's flags. Without a chardev QEMU 7.2's semihosting console goes to its own standard streams: ":tt" opened
// with mode r is stdin, w stdout and a stderr.
func arguments(cfg Config) []string {
	name := cfg.Name
	if name == "" {
		name = cfg.ELF
	}
	semihosting := "enable=on,target=native,arg=" + quote(word(name))
	for _, a := range cfg.Args {
		semihosting += ",arg=" + quote(word(a))
	}
	args := append([]string{}, cfg.Target.Emulator.Args...)
	args = append(args, "-display", "none", "-serial", "none", "-monitor", "none", "-parallel", "none", "-semihosting-config", semihosting)
	switch {
	case cfg.ICount:
		args = append(args, "-icount", "shift=0")
	case cfg.Deterministic:
		args = append(args, "-icount", "shift=3,sleep=off")
	}
	args = append(args, cfg.Extra...)
	return append(args, "-kernel", cfg.ELF)
}

// quote doubles commas, which QEMU's option syntax asks for.
func quote(s string) string { return strings.ReplaceAll(s, ",", ",,") }

// word puts quotes around an argument that the device would otherwise split: SYS_GET_CMDLINE is one line, words joined by blanks.
func word(s string) string {
	if s != "" && !strings.ContainsAny(s, " \"'") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'"'"'`) + "'"
}

// Output runs the image and returns what it wrote, for tests.
func Output(ctx context.Context, cfg Config) (stdout, stderr string, res Result, err error) {
	var out, errs bytes.Buffer
	cfg.Stdout, cfg.Stderr = &out, &errs
	res, err = Run(ctx, cfg)
	return out.String(), errs.String(), res, err
}
