// Package command is the guard's command line: it reads flags, calls the packages that do the work, and writes what a person or, with -json, a
// program reads.
//
// Each command is a file with a function that returns a descriptor. Messages have the form `file:line:col: text` or `guard command: text`, lower case, without full
// stop. Exit statuses are those of the go command: 0, 1 for a failure or for findings of the doctor, 2 for a command line that
// is wrong, and 130 when interrupted. Nothing here exits or reads package-level state. Start reading at Main.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// Streams are the standard streams of a command.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Exit statuses.
const (
	statusOK          = 0
	statusFailed      = 1
	statusUsage       = 2
	statusInterrupted = 130 // as a shell gives it for SIGINT
)

// command is one of guard's commands.
type command struct {
	name     string
	synopsis string // what follows the name in usage lines
	short    string // one line for the list
	long     string // paragraphs for help
	setup    func(*flag.FlagSet) runner
}

// runner does the work of a command; setup has bound its flags. The error is printed by Main.
type runner func(ctx context.Context, io Streams, args []string) (status int, err error)

// commands lists the commands in the order in which help shows them.
func commands() []command {
	return []command{reportCommand(), doctorCommand(), benchCommand(), versionCommand()}
}

// usageError is a command line that cannot be understood.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// Main runs the command that args name and returns the exit status. Cancelling ctx stops it.
func Main(ctx context.Context, args []string, io Streams) int {
	if len(args) == 0 {
		fmt.Fprint(io.Err, overview())
		return statusUsage
	}
	if isHelp(args[0]) {
		return help(io, args[1:])
	}
	c, ok := find(args[0])
	if !ok {
		return unknown(io, args[0])
	}
	return c.run(ctx, args[1:], io)
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func unknown(io Streams, name string) int {
	fmt.Fprintf(io.Err, "guard %s: unknown command\n\thint: run 'guard help' for the list\n", name)
	return statusUsage
}

func (c command) run(ctx context.Context, args []string, io Streams) int {
	fs := c.flags()
	run := c.setup(fs)
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(io.Out, c.usage())
		return statusOK
	}
	status := statusUsage
	if err != nil {
		err = usageError{err.Error()}
	} else {
		status, err = run(ctx, io, fs.Args())
	}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(io.Err, "guard %s: %s\n\thint: run 'guard help %s'\n", c.name, usage.text, c.name)
		return statusUsage
	case err != nil && ctx.Err() != nil:
		fmt.Fprintf(io.Err, "guard %s: interrupted\n", c.name)
		return statusInterrupted
	case err != nil:
		fmt.Fprintf(io.Err, "guard %s: %v\n", c.name, err)
		return statusFailed
	}
	return status
}

// flags returns an empty set that prints nothing by itself.
func (c command) flags() *flag.FlagSet {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	return fs
}

func isHelp(arg string) bool {
	return arg == "help" || arg == "-h" || arg == "-help" || arg == "--help"
}

// help prints the overview, or the usage of the command named.
func help(io Streams, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(io.Out, overview())
		return statusOK
	}
	if len(args) > 1 {
		fmt.Fprintf(io.Err, "guard help: unexpected argument %q\n\thint: usage: guard help [command]\n", args[1])
		return statusUsage
	}
	c, ok := find(args[0])
	if !ok {
		return unknown(io, args[0])
	}
	fmt.Fprint(io.Out, c.usage())
	return statusOK
}

func overview() string {
	var out strings.Builder
	out.WriteString("guard looks into Go programs that starve their goroutines.\n\nusage: guard <command> [flags] [arguments]\n\n")
	for _, c := range commands() {
		fmt.Fprintf(&out, "  %-9s %s\n", c.name, c.short)
	}
	out.WriteString("\nRun 'guard help <command>' for its flags.\n")
	return out.String()
}

func (c command) usage() string {
	var out strings.Builder
	fmt.Fprintf(&out, "usage: guard %s %s\n\n%s\n", c.name, c.synopsis, c.long)
	fs := c.flags()
	c.setup(fs)
	none := true
	fs.VisitAll(func(*flag.Flag) { none = false })
	if !none {
		out.WriteString("\nflags:\n")
		fs.SetOutput(&out)
		fs.PrintDefaults()
	}
	return out.String()
}

// await returns what work returns, or ctx's error as soon as ctx is cancelled: reading may block, and then nobody waits for it, since the
// process is about to end.
func await[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := work()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}
