package command

import (
	"context"
	"flag"
	"runtime"
	"strings"

	"mote/image"
	"mote/testrun"
)

func testCommand() command {
	return command{
		name:     "test",
		synopsis: "[flags] [packages | files.go...] [flags] [-args arguments...]",
		short:    "Run the tests of packages on a device in the emulator",
		setup: func(fs *flag.FlagSet) runner {
			var b buildFlags
			b.defineBuild(fs)
			var cfg testrun.Config
			cfg.Options.Define(fs)
			fs.IntVar(&cfg.Jobs, "p", runtime.NumCPU(), "build and run `n` packages at once")
			compileOnly := fs.Bool("c", false, "build the test program of one package and do not run it")
			out := fs.String("o", "", "with -c, write the image to this `file`, or into this folder")
			fs.BoolVar(&cfg.JSON, "json", false, "write events as go test -json does")
			return func(ctx context.Context, io Streams, args []string) (int, error) {
				patterns, rest, err := splitTestArguments(fs, args)
				if err != nil {
					return statusUsage, err
				}
				cfg.Args, cfg.Out, cfg.Err = rest, io.Out, io.Err
				if cfg.Build, err = b.config(io, patterns); err != nil {
					return statusFailed, err
				}
				if *compileOnly {
					return statusOK, compileTest(ctx, cfg, *out)
				}
				passed, err := testrun.Run(ctx, cfg)
				if err != nil || !passed {
					return statusFailed, err
				}
				return statusOK, nil
			}
		},
	}
}

// splitTestArguments reads what follows the first flags: packages, then again flags, then -args and the program's arguments.
func splitTestArguments(fs *flag.FlagSet, args []string) (patterns, rest []string, err error) {
	n := 0
	for n < len(args) && !strings.HasPrefix(args[n], "-") {
		n++
	}
	patterns, args = args[:n:n], args[n:]
	for i, a := range args {
		if a == "-args" || a == "--args" {
			args, rest = args[:i], args[i+1:]
			break
		}
	}
	if err := fs.Parse(args); err != nil {
		return nil, nil, usageError{err.Error()}
	}
	if fs.NArg() > 0 {
		return nil, nil, usagef("argument %q behind flags: name all packages in one place; what is for the test program comes after -args", fs.Arg(0))
	}
	return patterns, rest, nil
}

// compileTest is `mote test -c`.
func compileTest(ctx context.Context, cfg testrun.Config, out string) error {
	img, err := testrun.Build(ctx, cfg)
	if err != nil {
		return err
	}
	return image.Write(img.Path, outputName(out, img.Name))
}
