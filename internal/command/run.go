package command

import (
	"context"
	"flag"
	"io"
	"os"
	"strings"

	"mote/emulator"
)

func runCommand() command {
	return command{
		name:     "run",
		synopsis: "[flags] [package | files.go...] [arguments...]",
		short:    "Compile a program, boot it in an emulator, exit with its status",
		setup: func(fs *flag.FlagSet) runner {
			var b buildFlags
			b.define(fs)
			timeout := fs.Duration("timeout", 0, "stop the program after this `time`")
			deterministic := fs.Bool("deterministic", false, "let time pass with the instructions alone, 8 ns each: every run is the same, on any machine")
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				patterns, args := splitProgram(args)
				img, board, err := b.build(ctx, io, patterns)
				if err != nil {
					return statusFailed, err
				}
				cfg := emulator.Config{Target: board, ELF: img.Path, Name: img.Name, Args: args, Timeout: *timeout, Deterministic: *deterministic}
				if b.trace {
					cfg.Trace = io.Err
				}
				return boot(ctx, io, cfg)
			}
		},
	}
}

// boot runs the image on the streams of mote; traces in its standard error are resolved on the way.
func boot(ctx context.Context, io Streams, cfg emulator.Config) (status int, err error) {
	if cfg.Stdin, err = inputOf(io.In); err != nil {
		return statusFailed, err
	}
	stderr, done, err := resolving(io.Err, cfg.ELF)
	if err != nil {
		return statusFailed, err
	}
	cfg.Stdout, cfg.Stderr = io.Out, stderr
	if sameFile(io.Out, io.Err) {
		cfg.Stdout = stderr // one way through, so that what is written in turn comes out in turn
	}
	res, err := emulator.Run(ctx, cfg)
	if closeErr := done(); err == nil {
		err = closeErr
	}
	if err != nil {
		return statusFailed, err
	}
	return res.ExitCode, nil
}

// sameFile tells whether two streams are the same terminal, pipe or file.
func sameFile(a, b any) bool {
	f, ok1 := a.(*os.File)
	g, ok2 := b.(*os.File)
	if !ok1 || !ok2 {
		return false
	}
	x, err1 := f.Stat()
	y, err2 := g.Stat()
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}

// splitProgram separates what to build, which is one package or the leading .go files, from the program's arguments.
func splitProgram(args []string) (patterns, rest []string) {
	n := 0
	for n < len(args) && strings.HasSuffix(args[n], ".go") {
		n++
	}
	if n == 0 && len(args) > 0 {
		n = 1
	}
	return args[:n], args[n:]
}

// inputOf is what the emulator reads. It runs in a process group of its own, in which reading the terminal would stop it, so a
// terminal is read here and passed on.
func inputOf(in *os.File) (io.Reader, error) {
	if in == nil {
		return nil, nil
	}
	if !isTerminal(in) {
		return in, nil
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	go func() {
		io.Copy(w, in)
		w.Close()
	}()
	return r, nil
}
