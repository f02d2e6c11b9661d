// Package link turns the IR modules of a program into an ELF image: it drives clang-19 and ld.lld-19 and writes what they need
// besides, the linker script, from the target's data.
//
// It knows nothing about Go. Everything it makes is cached by content: objects by their source, flags and tool, and code generation
// by ThinLTO's own cache. Start reading at Link, which is the list of the steps.
package link

import (
	"context"
	"io"
	"io/fs"
	"path/filepath"
	"time"

	"mote/target"
)

// Module is the IR of one Go package.
type Module struct {
	Name string // package path, for messages
	IR   []byte // textual LLVM IR; source_filename should be the package path
}

// Config says what to link.
type Config struct {
	Target   *target.Target
	Modules  []Module
	Opt      string    // "2", "s" or "z"; functions to be optimised for size must also carry optsize or minsize in the IR
	Lib      fs.FS     // the port's files: runtime/asm/*.S and builtins/
	Output   string    // path of the ELF image to write
	CacheDir string    // made when absent; may be shared by programs and targets
	Stacks   Stacks    // sizes that differ from the target's
	Reserve  Reserve   // what goroutines get without the heap
	Jobs     int       // compilations at a time; 0: 2
	Trace    io.Writer // commands are printed here when not nil (-x)
}

// Stacks are stack sizes in bytes, multiples of 8; 0 means the target's.
type Stacks struct {
	Handler, Main, Goroutine int64
}

func (s Stacks) or(t *target.Target) Stacks {
	for _, x := range []struct {
		size   *int64
		preset int64
	}{{&s.Handler, t.StackHandler}, {&s.Main, t.StackMain}, {&s.Goroutine, t.StackGoroutine}} {
		if *x.size == 0 {
			*x.size = x.preset
		}
	}
	return s
}

// Result describes a finished link.
type Result struct {
	ELF    string // Config.Output
	Script string // path of the linker script in the cache
	Steps  []Step // for -v
}

// Step is the time that a part of the link took.
type Step struct {
	Name     string
	Duration time.Duration
	Ran      int // things made
	Cached   int // things found in the cache
}

// Link compiles and links. Errors about the program or the machine (overflow, missing tool, undefined symbol) are a diag.List.
func Link(ctx context.Context, cfg Config) (*Result, error) {
	l, err := newLinker(ctx, cfg)
	if err != nil {
		return nil, err
	}
	var modules, native []string
	steps := []struct {
		name string
		run  func() error
	}{
		{"assemble", func() (err error) { native, err = l.natives(); return }},
		{"compile", func() (err error) { modules, err = l.modules(); return }},
		{"link", func() error { return l.image(modules, native) }},
		{"functab", func() error { return l.functab(modules, native) }},
	}
	res := &Result{ELF: cfg.Output}
	for _, s := range steps {
		l.step = &Step{Name: s.name}
		begin := time.Now()
		if err := s.run(); err != nil {
			return nil, err
		}
		l.step.Duration = time.Since(begin)
		res.Steps = append(res.Steps, *l.step)
	}
	res.Script = l.script
	return res, nil
}

// linker carries one call of Link.
type linker struct {
	Config
	ctx    context.Context
	tools  tools
	cache  cache
	print  *printing
	step   *Step
	script string
}

func newLinker(ctx context.Context, cfg Config) (*linker, error) {
	t, err := findTools()
	if err != nil {
		return nil, err
	}
	if cfg.Jobs == 0 {
		cfg.Jobs = 2
	}
	cfg.Stacks = cfg.Stacks.or(cfg.Target)
	if cfg.CacheDir, err = filepath.Abs(cfg.CacheDir); err != nil {
		return nil, err
	}
	return &linker{Config: cfg, ctx: ctx, tools: t, cache: cache{dir: cfg.CacheDir}, print: &printing{to: cfg.Trace}}, nil
}
