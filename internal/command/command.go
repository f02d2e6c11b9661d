// Package command is mote's command line: it reads flags, calls the packages that do the work, and writes what a person or, with
// -json, a program reads.
//
// Each command is a file with a function that returns a descriptor. A message has the form `file:line:col: text` or `mote: text`, lower case, without
// full stop, and a hint on a line of its own. Exit statuses are those of the go command: 0, 1 for a failed build, 2 for a command line
// that is wrong; that of `mote run` is the program's. Nothing here exits or reads package-level state. Start reading at Main.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// Streams are the standard streams of a command.
type Streams struct {
	In       *os.File
	Out, Err io.Writer
}

// Exit statuses.
const (
	statusOK          = 0
	statusFailed      = 1
	statusUsage       = 2
	statusInterrupted = 130 // as a shell gives it for SIGINT
)

// command is one of mote's commands.
type command struct {
	name     string
	synopsis string // what follows the name in usage lines
	short    string // one line for the list
	setup    func(*flag.FlagSet) runner
}

// runner does the work of a command; setup has bound its flags. The error is printed by Main.
type runner func(ctx context.Context, io Streams, args []string) (status int, err error)

// commands lists the commands in the order in which help shows them.
func commands() []command {
	return []command{buildCommand(), runCommand(), testCommand(), vectorsCommand(), targetsCommand(), envCommand(), versionCommand(), cleanCommand()}
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
	name, args := args[0], args[1:]
	if isHelp(name) {
		return help(io, args)
	}
	for _, c := range commands() {
		if c.name == name {
			return c.run(ctx, args, io)
		}
	}
	fmt.Fprintf(io.Err, "mote %s: unknown command\n\thint: run 'mote help' for the list\n", name)
	return statusUsage
}

func (c command) run(ctx context.Context, args []string, io Streams) int {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(discard{})
	run := c.setup(fs)
	if err := fs.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(io.Out, c.usage())
		return statusOK
	} else if err != nil {
		return c.fail(ctx, io, usageError{err.Error()}, false)
	}
	status, err := run(ctx, io, fs.Args())
	if err != nil {
		return c.fail(ctx, io, err, wantsJSON(fs))
	}
	return status
}

// fail reports err and chooses the exit status.
func (c command) fail(ctx context.Context, io Streams, err error, asJSON bool) int {
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(io.Err, "mote %s: %s\n\thint: run 'mote help %s'\n", c.name, usage.text, c.name)
		return statusUsage
	case errors.Is(ctx.Err(), context.Canceled):
		return statusInterrupted
	case asJSON:
		writeJSON(io.Out, failure{Diagnostics: jsonDiagnostics(err)})
	default:
		fmt.Fprintln(io.Err, errorText(err))
	}
	return statusFailed
}

func isHelp(name string) bool {
	return name == "help" || name == "-h" || name == "-help" || name == "--help"
}

func help(io Streams, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(io.Out, overview())
		return statusOK
	}
	for _, c := range commands() {
		if c.name == args[0] {
			fmt.Fprint(io.Out, c.usage())
			return statusOK
		}
	}
	fmt.Fprintf(io.Err, "mote help %s: unknown command\n\thint: run 'mote help' for the list\n", args[0])
	return statusUsage
}

func overview() string {
	var b strings.Builder
	b.WriteString("mote builds Go programs for microcontrollers.\n\nusage: mote <command> [flags] [arguments]\n\ncommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-8s %s\n", c.name, c.short)
	}
	b.WriteString("\n'mote help <command>' tells the flags of one.\n")
	return b.String()
}

func (c command) usage() string {
	var b strings.Builder
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(&b)
	c.setup(fs)
	fmt.Fprintf(&b, "usage: mote %s\n\n%s.\n", strings.TrimSpace(c.name+" "+c.synopsis), c.short)
	fs.VisitAll(func(f *flag.Flag) { printFlag(&b, f) })
	return b.String()
}

func printFlag(b *strings.Builder, f *flag.Flag) {
	if !strings.Contains(b.String(), "\nflags:\n") {
		b.WriteString("\nflags:\n")
	}
	arg, text := flag.UnquoteUsage(f)
	fmt.Fprintf(b, "  -%s\n\t%s", strings.TrimSpace(f.Name+" "+arg), text)
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0s" {
		fmt.Fprintf(b, " (default %s)", f.DefValue)
	}
	b.WriteByte('\n')
}

// discard swallows what package flag would print by itself.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
