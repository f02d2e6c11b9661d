package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"mote/internal/diag"
)

// Record is how a program was made: what it takes to make it again.
type Record struct {
	Package    string   `json:"package"` // import path
	Profile    string   `json:"profile"`
	Go         string   `json:"go"`
	Env        []string `json:"env"`
	Args       []string `json:"args"`
	SHA256     string   `json:"sha256"`
	Size       int64    `json:"size"`
	Reproduced bool     `json:"reproduced"`         // built twice with the same result
	Elsewhere  bool     `json:"elsewhere"`          // the second time in another folder
	Revision   string   `json:"revision,omitempty"` // git's, of the module
	Modified   bool     `json:"modified,omitempty"` // the module has changes that are in no commit
}

// Build makes the program at out, which appears complete or not at all. If twice is set it is built again with a build cache of its own and, where the
// module allows, in another folder; a difference is an error. So every package, of std too, has been compiled twice, independently, and the program linked
// twice. It blocks for some 20 seconds of two cores when that cache is new.
func (plan *Plan) Build(ctx context.Context, out string, twice bool, stage func(string)) (*Record, error) {
	dir, err := os.MkdirTemp("", "mote-build-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	stage("compile")
	first := filepath.Join(dir, "first")
	if err := plan.compile(ctx, plan.dir, plan.Package, first, nil); err != nil {
		return nil, err
	}
	r := &Record{Profile: plan.Profile, Go: runtime.Version(), Env: plan.Env, Args: plan.Args}
	if r.SHA256, r.Size, err = fingerprint(first); err != nil {
		return nil, err
	}
	if err := plan.describe(ctx, r); err != nil {
		return nil, err
	}
	if twice {
		stage("compile again")
		if err := plan.again(ctx, dir, r); err != nil {
			return nil, err
		}
	}
	return r, install(first, out)
}

// compile runs the go command.
func (plan *Plan) compile(ctx context.Context, dir, pkg, out string, env []string) error {
	cmd := exec.CommandContext(ctx, "go", slices.Concat([]string{"build", "-o", out}, plan.Args, []string{"--", pkg})...)
	cmd.Dir = dir
	cmd.Env = slices.Concat(os.Environ(), plan.Env, env)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Run(); err != nil {
		return diag.Errorf(token.Position{}, "", "go build %s: %v\n%s", pkg, err, strings.TrimSpace(text.String()))
	}
	info, err := os.Stat(out)
	if err != nil || !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
		return diag.Errorf(token.Position{}, "name a folder with a package main", "%s is not a program", pkg)
	}
	return nil
}

// again builds a second time and compares.
func (plan *Plan) again(ctx context.Context, dir string, r *Record) error {
	m, err := plan.module(ctx)
	if err != nil {
		return err
	}
	from, pkg := plan.dir, plan.Package
	if m.movable {
		from, pkg, r.Elsewhere = filepath.Join(dir, "another", "folder"), m.inside, true
		if err := copyModule(m.dir, from); err != nil {
			return err
		}
	}
	second, cache := filepath.Join(dir, "second"), plan.cache
	if cache == "" {
		cache = filepath.Join(dir, "cache")
	}
	if err := plan.compile(ctx, from, pkg, second, []string{"GOCACHE=" + cache}); err != nil {
		return err
	}
	sum, size, err := fingerprint(second)
	if err != nil {
		return err
	}
	if sum != r.SHA256 {
		return diag.Errorf(token.Position{}, "a program must not contain what differs between builds, such as times and random numbers from go generate",
			"%s is not reproducible: two builds have %d and %d bytes, with SHA-256 %.16s and %.16s; %s", plan.Package, r.Size, size, r.SHA256, sum, difference(filepath.Join(dir, "first"), second))
	}
	r.Reproduced = true
	return nil
}

// difference says where two files differ first.
func difference(a, b string) string {
	x, errX := os.ReadFile(a)
	y, errY := os.ReadFile(b)
	if err := errors.Join(errX, errY); err != nil {
		return err.Error()
	}
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return fmt.Sprintf("the first difference is at byte %#x", i)
		}
	}
	return "one is the beginning of the other"
}

// install puts the program at out in one step.
func install(from, out string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(out), "."+filepath.Base(out)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err := errors.Join(err, tmp.Chmod(0o755), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), out)
}

func fingerprint(name string) (sum string, size int64, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", 0, err
	}
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:]), int64(len(data)), nil
}

// copyModule copies a module without its history.
func copyModule(from, to string) error {
	return filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.Name() == ".git":
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(target, 0o777)
		case !d.Type().IsRegular():
			return nil // the go command ignores links in packages
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o666)
	})
}
