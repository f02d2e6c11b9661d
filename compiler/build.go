package compiler

import (
	"context"
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"os"
	"strings"
	"time"

	"crypto/sha256"
	"encoding/hex"

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

// timed runs a stage, unless the build was cancelled, and records how long it took.
func timed[T any](b *build, name string, run func() (T, error)) (T, error) {
	if err := b.ctx.Err(); err != nil {
		var none T
		return none, err
	}
	if b.Progress != nil {
		b.Progress(name)
	}
	begin := time.Now()
	result, err := run()
	b.image.Steps = append(b.image.Steps, Step{name, time.Since(begin)})
	return result, err
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
	return cache.Key(sources, string(machine), b.GC, b.Opt, self, tools), nil
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
