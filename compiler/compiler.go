// Package compiler drives a build: it calls the stages in their order and nothing else.
//
// What a stage takes and gives is its package's business; what two stages agree on stands in the earlier one. Build keeps the
// finished image by the hash of everything that it is made from, so that a second build of an unchanged program only
// asks the go command what the program consists of. Start reading at Build and stages.
package compiler

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"mote/compiler/callgraph"
	"mote/compiler/escape"
	"mote/compiler/handler"
	"mote/compiler/initeval"
	"mote/compiler/link"
	"mote/compiler/load"
	"mote/compiler/lower"
	"mote/compiler/noheap"
	"mote/compiler/reach"
	"mote/compiler/slots"
	"mote/compiler/stack"
	"mote/image"
	"mote/internal/cache"
	"mote/lib"
	"mote/target"
)

// Config says what to build. The zero values of GC and Opt are the defaults.
type Config struct {
	Target      *target.Target
	Dir         string            // working directory; empty is the process's
	Patterns    []string          // a package path, or the names of Go files; empty is "."
	Test        bool              // build the program that runs the package's tests
	GC          string            // "marksweep" or "none"
	Opt         string            // "z", "s" or "2"
	TasksStated bool              // Target.Tasks is what the user wants: it is an error if their memory does not fit
	Tags        []string          // further build tags
	Vars        map[string]string // string variables to set: "pkg/path.name" -> value
	Cache       *cache.Cache
	NeedStacks  bool               // an image in the cache does only if Image.Stacks is there, too
	Commands    io.Writer          // each command is printed here when not nil (-x)
	Progress    func(stage string) // called when a stage begins, if not nil
}

// Image is a finished, checked image.
type Image struct {
	Path   string        // of the ELF file in the cache
	Name   string        // what the go command would call the program
	Cached bool          // nothing was made, it was in the cache
	Steps  []Step        // what took how long
	Stacks *stack.Report // how deep stacks get; nil when the image was in the cache and the report no longer
	Slots  *slots.Plan   // memory for goroutines; nil when the program has none, or with Stacks
}

// Step is a stage that has run.
type Step struct {
	Name     string
	Duration time.Duration
}

// imageKind is where finished images are in the cache.
const imageKind = "image"

// Build makes the image of a program, or finds it in the cache. Errors that the user can act on are a diag.List.
func Build(ctx context.Context, cfg Config) (*Image, error) {
	b := newBuild(ctx, cfg)
	listing, err := timed(b, "list", func() (*load.Listing, error) { return load.List(b.loadConfig()) })
	if err != nil {
		return nil, err
	}
	if err := requireMain(listing); err != nil {
		return nil, err
	}
	key, err := timed(b, "hash", func() (string, error) { return b.key(listing) })
	if err != nil {
		return nil, err
	}
	b.image.Name = listing.Name()
	var cached bool
	b.image.Path, cached = cfg.Cache.Get(imageKind, key)
	if b.image.Stacks, b.image.Slots = b.cachedReport(key); cached && (b.image.Stacks != nil || !cfg.NeedStacks) {
		b.image.Cached = true
		return b.image, nil
	}
	b.image.Path, err = cfg.Cache.Put(imageKind, key, func(elf string) error { return b.stages(listing, key, elf) })
	if err != nil {
		return nil, err
	}
	return b.image, nil
}

// Find returns the packages that cfg.Patterns match.
func Find(cfg Config) ([]load.Found, error) {
	return load.Find(newBuild(context.Background(), cfg).loadConfig())
}

// stages makes the image of a program from its sources.
func (b *build) stages(listing *load.Listing, key, elf string) error {
	prog, err := timed(b, "load", listing.Load)
	if err != nil {
		return err
	}
	inits, err := timed(b, "initeval", func() (*initeval.Result, error) { return initeval.Evaluate(prog), nil })
	if err != nil {
		return err
	}
	reached, err := timed(b, "reach", func() (*reach.Result, error) { return reach.Analyze(prog, inits, reach.Options{}) })
	if err != nil {
		return err
	}
	escapes, err := timed(b, "escape", func() (*escape.Result, error) { return escape.Analyze(prog, reached, b.maxObject()), nil })
	if err != nil {
		return err
	}
	handlers := handler.Find(prog, reached, b.Target)
	lowered, err := timed(b, "lower", func() (*lower.Output, error) {
		return lower.Lower(lower.Input{Target: b.Target, Program: prog, Reach: reached, Escape: escapes, Initeval: inits, Handlers: handlers, Opt: b.Opt, NoHeap: b.GC == gcNone})
	})
	if err != nil {
		return err
	}
	graph := callgraph.New(prog, reached, lowered.RuntimeCalls)
	if b.GC == gcNone {
		if _, err := timed(b, "noheap", func() (struct{}, error) {
			return struct{}{}, noheap.Check(noheap.Input{Program: prog, Reach: reached, Escape: escapes, Graph: graph})
		}); err != nil {
			return err
		}
	}
	if _, err := timed(b, "handler", func() (struct{}, error) {
		return struct{}{}, handlers.Check(prog, graph, escapes, b.Target)
	}); err != nil {
		return err
	}
	if _, err := timed(b, "link", func() (*link.Result, error) { return link.Link(b.ctx, b.linkConfig(lowered, elf)) }); err != nil {
		return err
	}
	depths := b.depthsOf(prog, reached, handlers, graph)
	b.image.Stacks, err = timed(b, "stack", func() (*stack.Report, error) { return stack.Apply(elf, depths) })
	if err != nil {
		return err
	}
	if err := b.checkStacks(b.image.Stacks); err != nil {
		return err
	}
	b.image.Slots, err = timed(b, "slots", func() (*slots.Plan, error) {
		return b.planSlots(elf, prog, reached, graph, lowered.Starts, b.image.Stacks)
	})
	if err != nil {
		return err
	}
	if b.image.Slots != nil {
		if err := b.layOut(elf, lowered, depths); err != nil {
			return err
		}
	}
	if err := b.keepReport(key); err != nil {
		return err
	}
	_, err = timed(b, "image", func() (struct{}, error) { return struct{}{}, image.Check(elf, b.Target) })
	return err
}

// layOut links again, with the memory that goroutines get, and writes the sizes of stacks into that image.
func (b *build) layOut(elf string, lowered *lower.Output, depths stack.Input) error {
	cfg := b.linkConfig(lowered, elf)
	cfg.Reserve = reserve(b.image.Slots)
	depths.Slots = b.image.Slots.Of
	if _, err := timed(b, "link", func() (*link.Result, error) { return link.Link(b.ctx, cfg) }); err != nil {
		return err
	}
	_, err := timed(b, "stack", func() (*stack.Report, error) { return stack.Apply(elf, depths) })
	return err
}

func (b *build) loadConfig() load.Config {
	return load.Config{
		Dir:      b.Dir,
		Patterns: b.Patterns,
		Test:     b.Test,
		GOARCH:   b.Target.GOARCH,
		Tags:     b.tags(),
		Vars:     b.Vars,
		CacheDir: b.Cache.Dir(),
		Commands: b.Commands,
	}
}

func (b *build) linkConfig(lowered *lower.Output, elf string) link.Config {
	cfg := link.Config{
		Target:   b.Target,
		Opt:      b.Opt,
		Lib:      lib.Files(),
		Output:   elf,
		CacheDir: filepath.Join(b.Cache.Dir(), "link"),
		Trace:    b.Commands,
	}
	for _, m := range lowered.Modules {
		cfg.Modules = append(cfg.Modules, link.Module{Name: m.Path, IR: []byte(m.Text)})
	}
	return cfg
}
