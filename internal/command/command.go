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
	subs     []command // of a group, which has no setup
}

// runner does the work of a command; setup has bound its flags. The error is printed by Main.
type runner func(ctx context.Context, io Streams, args []string) (status int, err error)

// commands lists the commands in the order in which help shows them.
func commands() []command {
	return []command{buildCommand(), runCommand(), testCommand(), vectorsCommand(), deliverCommand(), targetsCommand(), envCommand(), versionCommand(), cleanCommand()}
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
	c, rest, ok := find(commands(), args)
	switch {
	case !ok:
		fmt.Fprintf(io.Err, "mote %s: unknown command\n\thint: run 'mote help' for the list\n", args[0])
		return statusUsage
	case c.subs == nil:
		return c.run(ctx, rest, io)
	case len(rest) == 0:
		fmt.Fprint(io.Err, c.usage())
		return statusUsage
	case isHelp(rest[0]):
		return help(io, append(strings.Fields(c.name), rest[1:]...))
	}
	return c.fail(ctx, io, usagef("unknown command %q", rest[0]), false)
}

// find follows args through groups to a command, whose name then has those of its groups, and returns what is left of args.
func find(list []command, args []string) (c command, rest []string, ok bool) {
	for _, c := range list {
		if len(args) == 0 || c.name != args[0] {
			continue
		}
		if sub, rest, ok := find(c.subs, args[1:]); ok {
			sub.name = c.name + " " + sub.name
			return sub, rest, true
		}
		return c, args[1:], true
	}
	return command{}, args, false
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
	if c, rest, ok := find(commands(), args); ok && (c.subs == nil || len(rest) == 0) {
		fmt.Fprint(io.Out, c.usage())
		return statusOK
	}
	fmt.Fprintf(io.Err, "mote help %s: unknown command\n\thint: run 'mote help' for the list\n", strings.Join(args, " "))
	return statusUsage
}

func overview() string {
	var b strings.Builder
	b.WriteString("mote builds Go programs for microcontrollers, and delivers them to Linux devices.\n\nusage: mote <command> [flags] [arguments]\n\ncommands:\n")
	writeList(&b, commands())
	b.WriteString("\n'mote help <command>' tells the flags of one.\n")
	return b.String()
}

func writeList(b *strings.Builder, list []command) {
	for _, c := range list {
		fmt.Fprintf(b, "  %-8s %s\n", c.name, c.short)
	}
}

func (c command) usage() string {
	var b strings.Builder
	if c.subs != nil {
		fmt.Fprintf(&b, "usage: mote %s %s\n\n%s.\n\ncommands:\n", c.name, c.synopsis, c.short)
		writeList(&b, c.subs)
		fmt.Fprintf(&b, "\n'mote help %s <command>' tells the flags of one.\n", c.name)
		return b.String()
	}
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
