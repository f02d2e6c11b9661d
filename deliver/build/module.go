package build

import (
	"bytes"
	"context"
	"encoding/json"
	"go/token"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"mote/internal/diag"
)

// Name is the file name of the program, as `go build` gives it: the last element of the import path, or the one before if that is a major version. It
// is an error if the package is no program.
func (plan *Plan) Name(ctx context.Context) (string, error) {
	out, err := plan.goCommand(ctx, "list", "-f", "{{.Name}} {{.ImportPath}}", "--", plan.Package)
	if err != nil {
		return "", err
	}
	name, importPath, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if name != "main" || strings.ContainsAny(importPath, "\n") {
		return "", diag.Errorf(token.Position{}, "name one folder with a package main", "%s is not a program", plan.Package)
	}
	base := path.Base(importPath)
	if isMajor(base) {
		base = path.Base(path.Dir(importPath))
	}
	return base, nil
}

// isMajor reports whether an element of an import path is a major version: v2 and up.
func isMajor(s string) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(s, "v"))
	return strings.HasPrefix(s, "v") && err == nil && n > 1
}

// module is where the package of a plan comes from.
type module struct {
	path    string // the package's import path
	dir     string // its root
	inside  string // the package as seen from there: "./cmd/agent"
	movable bool   // a copy of dir builds the same: nothing outside is referred to by a relative path
}

// module asks the go command.
func (plan *Plan) module(ctx context.Context) (*module, error) {
	const format = `{"Path":{{printf "%q" .ImportPath}},"Dir":{{printf "%q" .Dir}},"Root":{{with .Module}}{{printf "%q" .Dir}}{{else}}""{{end}},"Main":{{with .Module}}{{.Main}}{{else}}false{{end}}}`
	out, err := plan.goCommand(ctx, "list", "-f", format, "--", plan.Package)
	if err != nil {
		return nil, err
	}
	var found struct {
		Path, Dir, Root string
		Main            bool
	}
	if err := json.Unmarshal(out, &found); err != nil {
		return nil, diag.Errorf(token.Position{}, "", "%s is not one package: %v", plan.Package, err)
	}
	m := &module{path: found.Path, dir: found.Root}
	if !found.Main || found.Root == "" {
		return m, nil
	}
	rel, err := filepath.Rel(found.Root, found.Dir)
	if err != nil {
		return m, nil
	}
	m.inside = "./" + filepath.ToSlash(rel)
	m.movable = !plan.refersOutside(ctx)
	return m, nil
}

// refersOutside reports whether a workspace or a replacement by a folder ties the module to where it is.
func (plan *Plan) refersOutside(ctx context.Context) bool {
	work, err := plan.goCommand(ctx, "env", "GOWORK")
	if err != nil || len(bytes.TrimSpace(work)) > 0 && string(bytes.TrimSpace(work)) != "off" {
		return true
	}
	text, err := plan.goCommand(ctx, "mod", "edit", "-json")
	if err != nil {
		return true
	}
	var mod struct {
		Replace []struct{ New struct{ Path string } }
	}
	if json.Unmarshal(text, &mod) != nil {
		return true
	}
	for _, r := range mod.Replace {
		if strings.HasPrefix(r.New.Path, ".") {
			return true
		}
	}
	return false
}

func (plan *Plan) goCommand(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = plan.dir
	cmd.Env = append(cmd.Environ(), plan.Env...)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, diag.Errorf(token.Position{}, "", "go %s: %v\n%s", args[0], err, strings.TrimSpace(errs.String()))
	}
	return out, nil
}

// describe adds to the record the package's import path and what git knows of the module; without git or a repository the record has no revision.
func (plan *Plan) describe(ctx context.Context, r *Record) error {
	m, err := plan.module(ctx)
	if err != nil {
		return err
	}
	r.Package = m.path
	if m.dir == "" {
		return nil
	}
	revision, err := exec.CommandContext(ctx, "git", "-C", m.dir, "rev-parse", "HEAD").Output()
	if err != nil {
		return ctx.Err()
	}
	status, err := exec.CommandContext(ctx, "git", "-C", m.dir, "status", "--porcelain").Output()
	r.Revision, r.Modified = strings.TrimSpace(string(revision)), err != nil || len(status) > 0
	return ctx.Err()
}
