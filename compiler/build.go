package compiler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"mote/compiler/escape"
	"mote/compiler/link"
	"mote/compiler/load"
	"mote/internal/cache"
	"mote/internal/diag"
)

// build is a Build under way.
type build struct {
	Config
	ctx   context.Context
	image *Image
}

func newBuild(ctx context.Context, cfg Config) *build {
	if cfg.GC == "" {
		cfg.GC = "marksweep"
	}
	if cfg.Opt == "" {
		cfg.Opt = "z"
	}
	return &build{Config: cfg, ctx: ctx, image: new(Image)}
}

// InternalError is a failure of a stage itself, not of the program: a bug in mote.
type InternalError struct {
	Stage string
	Cause any    // what the stage panicked with
	Stack []byte // of the stage
}

// Error implements error.
func (e *InternalError) Error() string {
	return fmt.Sprintf("internal error in stage %s: %v\n%s", e.Stage, e.Cause, e.Stack)
}

// timed runs a stage, unless the build was cancelled, and records how long it took. A panic of the stage becomes an InternalError.
func timed[T any](b *build, name string, run func() (T, error)) (result T, err error) {
	if err := b.ctx.Err(); err != nil {
		return result, err
	}
	if b.Progress != nil {
		b.Progress(name)
	}
	defer func(begin time.Time) {
		b.image.Steps = append(b.image.Steps, Step{name, time.Since(begin)})
		if cause := recover(); cause != nil {
			err = &InternalError{Stage: name, Cause: cause, Stack: debug.Stack()}
		}
	}(time.Now())
	return run()
}

// tags are the build tags of the target, its name (as far as a tag can have it), the collector's and the user's.
func (b *build) tags() []string {
	tags := append([]string{strings.ReplaceAll(b.Target.Name, "-", "_"), "gc." + b.GC}, b.Target.Tags...)
	return append(tags, b.Tags...)
}

func requireMain(listing *load.Listing) error {
	if listing.IsMain() {
		return nil
	}
	return diag.Errorf(token.Position{}, "name a package main", "package %s is not a main package", listing.ImportPath())
}

// gcNone is the collector of programs without a heap.
const gcNone = "none"

// maxObject is the size of the largest object in a frame.
func (b *build) maxObject() int64 {
	if b.GC == gcNone {
		return escape.MaxObjectNoHeap
	}
	return escape.MaxObject
}

// key hashes everything that the image is made from: sources, machine, flags, and the programs that do the work.
func (b *build) key(listing *load.Listing) (string, error) {
	sources, err := listing.Sum()
	if err != nil {
		return "", err
	}
	machine, err := json.Marshal(b.Target)
	if err != nil {
		return "", err
	}
	self, err := ownHash()
	if err != nil {
		return "", err
	}
	tools, err := link.Versions()
	if err != nil {
		return "", err
	}
	return cache.Key(sources, string(machine), strconv.FormatBool(b.TasksStated), b.GC, b.Opt, self, tools), nil
}

// ownHash is the hash of the running program, in which the compiler and the port are.
func ownHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("finding the running program: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
