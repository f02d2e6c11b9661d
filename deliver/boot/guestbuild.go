package boot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"mote"
	"mote/internal/cache"
)

// BuildGuest returns the path of the /init program, which is built from the sources that mote carries, once for each version of them and of Go.
func BuildGuest(ctx context.Context, store *cache.Cache) (string, error) {
	return build(ctx, store, "guest", mote.GuestSource(), mote.GuestPackage)
}

// BuildLauncher returns the path of mote-run for the guest, which is built as BuildGuest does it.
func BuildLauncher(ctx context.Context, store *cache.Cache) (string, error) {
	return build(ctx, store, "mote-run", mote.LauncherSource(), mote.LauncherPackage)
}

func build(ctx context.Context, store *cache.Cache, kind string, source fs.FS, pkg string) (string, error) {
	sum, err := sourceSum(source)
	if err != nil {
		return "", err
	}
	key := cache.Key(sum, runtime.Version())
	if path, ok := store.Get(kind, key); ok {
		return path, nil
	}
	return store.Put(kind, key, func(tmp string) error { return goBuild(ctx, source, pkg, tmp) })
}

// goBuild builds a program for the guest from sources that stand alone.
func goBuild(ctx context.Context, source fs.FS, pkg, out string) error {
	dir, err := os.MkdirTemp("", "mote-guest-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	module := filepath.Join(dir, "module")
	if err := os.CopyFS(module, source); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", out, pkg)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "GOARM64=v8.0", "CGO_ENABLED=0", "GOFLAGS=", "GOWORK=off")
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", pkg, err, strings.TrimSpace(text.String()))
	}
	return nil
}

// sourceSum hashes names and contents of all files.
func sourceSum(source fs.FS) (string, error) {
	h := sha256.New()
	err := fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(source, name)
		fmt.Fprintf(h, "%s %d\n", name, len(text))
		io.WriteString(h, string(text))
		return err
	})
	return hex.EncodeToString(h.Sum(nil)), err
}
