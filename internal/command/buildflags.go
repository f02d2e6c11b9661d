package command

import (
	"context"
	"flag"
	"fmt"
	"slices"
	"strings"

	"mote/compiler"
	"mote/internal/cache"
	"mote/target"
)

// defaultTarget is a Cortex-M3 with megabytes of memory that QEMU boots.
const defaultTarget = "mps2-an385"

// buildFlags are the flags of every command that builds.
type buildFlags struct {
	target, gc, opt string
	tags, ldflags   string
	verbose, trace  bool
	tasks           int64
	stacks          bool // the report about stacks is wanted, so an image in the cache without one does not do
}

func (b *buildFlags) define(fs *flag.FlagSet) {
	b.defineBuild(fs)
	fs.BoolVar(&b.verbose, "v", false, "tell how long each stage takes")
}

// defineBuild leaves out -v, which means something else where tests are run.
func (b *buildFlags) defineBuild(fs *flag.FlagSet) {
	fs.StringVar(&b.target, "target", defaultTarget, "build for the board `name`; 'mote targets' lists them")
	fs.StringVar(&b.opt, "opt", "z", "optimise for size or speed: the `mode` z, s or 2")
	fs.StringVar(&b.gc, "gc", "marksweep", "the `collector`: marksweep, or none")
	fs.Int64Var(&b.tasks, "tasks", 0, "lay out memory for this `number` of goroutines besides main's (with -gc=none there can be no more); 0 is the target's number, or as many as fit")
	fs.StringVar(&b.tags, "tags", "", "a comma-separated `list` of further build tags")
	fs.StringVar(&b.ldflags, "ldflags", "", "`flags` for linking: -X package/path.name=value sets a string variable")
	fs.BoolVar(&b.trace, "x", false, "print the commands that are run")
}

// build makes the image of the package or files in patterns.
func (b *buildFlags) build(ctx context.Context, io Streams, patterns []string) (*compiler.Image, *target.Target, error) {
	cfg, err := b.config(io, patterns)
	if err != nil {
		return nil, nil, err
	}
	progress := newProgress(io.Err)
	if !b.verbose && !b.trace {
		cfg.Progress = progress.stage
	}
	img, err := compiler.Build(ctx, cfg)
	progress.clear()
	if err == nil && b.verbose {
		printSteps(io, img)
	}
	return img, cfg.Target, err
}

// config checks the flags, each against what it may be.
func (b *buildFlags) config(io Streams, patterns []string) (compiler.Config, error) {
	var cfg compiler.Config
	if err := oneOf("gc", b.gc, "marksweep", "none"); err != nil {
		return cfg, err
	}
	if err := oneOf("opt", b.opt, "z", "s", "2"); err != nil {
		return cfg, err
	}
	vars, err := parseLDFlags(b.ldflags)
	if err != nil {
		return cfg, err
	}
	board, err := target.Load(b.target)
	if err != nil {
		return cfg, err
	}
	if b.tasks < 0 || b.tasks > maxTasks {
		return cfg, usagef("invalid value %d for flag -tasks: want 1 to %d", b.tasks, maxTasks)
	}
	if b.tasks > 0 {
		board.Tasks = b.tasks
	}
	store, err := openCache()
	if err != nil {
		return cfg, err
	}
	cfg = compiler.Config{Target: board, Patterns: patterns, GC: b.gc, Opt: b.opt, TasksStated: b.tasks > 0, Tags: splitTags(b.tags), Vars: vars, Cache: store, NeedStacks: b.stacks}
	if b.trace {
		cfg.Commands = io.Err
	}
	return cfg, nil
}

// maxTasks bounds -tasks: more would not fit the memory of any microcontroller.
const maxTasks = 1 << 16

func openCache() (*cache.Cache, error) {
	dir, err := cache.Dir()
	if err != nil {
		return nil, err
	}
	return cache.Open(dir)
}

func oneOf(name, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return usagef("invalid value %q for flag -%s: want %s", value, name, strings.Join(allowed, " or "))
}

// splitTags accepts commas and, as the go command still does, spaces.
func splitTags(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// printSteps tells for -v what the stages took and how much stack goroutines get.
func printSteps(io Streams, img *compiler.Image) {
	for _, s := range img.Steps {
		fmt.Fprintf(io.Err, "%-9s %6.0f ms\n", s.Name, s.Duration.Seconds()*1000)
	}
	if img.Stacks != nil {
		for _, g := range img.Stacks.Goroutines {
			fmt.Fprintf(io.Err, "stack of %v\n", g)
		}
	}
	if img.Cached {
		fmt.Fprintln(io.Err, "image from the cache")
	}
}
