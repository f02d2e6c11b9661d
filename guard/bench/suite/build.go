package suite

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// program is a server built with one Go release.
type program struct {
	path  string
	units int    // of work in a millisecond
	goes  string // the release that built it, like go1.26.8
}

// builder builds programs into a directory, each once.
type builder struct {
	dir, bin string // source, programs
	servers  map[string]program
	log      func(format string, args ...any)
}

// skip is an error that is no failure: the reason why something was left out.
type skip struct{ reason string }

func (s skip) Error() string { return s.reason }

// server returns the target built with a release. That the release cannot be had is a skip.
func (b *builder) server(ctx context.Context, release string) (program, error) {
	if p, ok := b.servers[release]; ok {
		return p, nil
	}
	b.log("building the servers with %s", release)
	version, err := b.run(ctx, release, "env", "GOVERSION")
	if err != nil {
		if release == Local || ctx.Err() != nil {
			return program{}, fmt.Errorf("go command: %w", err)
		}
		return program{}, skip{fmt.Sprintf("%s cannot be had: %v", release, err)}
	}
	p := program{path: filepath.Join(b.bin, "target-"+release), goes: strings.TrimSpace(version)}
	if err := b.build(ctx, release, p.path, "./target"); err != nil {
		return program{}, fmt.Errorf("building the servers with %s: %w", release, err)
	}
	if p.units, err = calibrate(ctx, p.path); err != nil {
		return program{}, err
	}
	b.servers[release] = p
	return p, nil
}

// generator returns the load generator's path. It is built with the local release for all servers.
func (b *builder) generator(ctx context.Context) (string, error) {
	path := filepath.Join(b.bin, "generator")
	if err := b.build(ctx, Local, path, "./generator"); err != nil {
		return "", fmt.Errorf("building the load generator: %w", err)
	}
	return path, nil
}

// build builds a program unless it is there.
func (b *builder) build(ctx context.Context, release, path, pkg string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	_, err := b.run(ctx, release, "build", "-o", path, pkg)
	return err
}

// run runs the go command of a release in the source and returns what it prints. Its error has the last line that the command complained with.
func (b *builder) run(ctx context.Context, release string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = b.dir
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+release, "GOWORK=off")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(complaint.String()), "\n")
		if last := lines[len(lines)-1]; last != "" {
			return "", fmt.Errorf("%w: %s", err, last)
		}
		return "", err
	}
	return string(out), nil
}

// calibrate asks a server how much work it does in a millisecond.
func calibrate(ctx context.Context, path string) (int, error) {
	var answer struct {
		Units int `json:"units_per_ms"`
	}
	out, err := exec.CommandContext(ctx, path, "-calibrate").Output()
	if err == nil {
		err = json.Unmarshal(out, &answer)
	}
	if err == nil && answer.Units <= 0 {
		err = fmt.Errorf("%d units", answer.Units)
	}
	if err != nil {
		return 0, fmt.Errorf("%s -calibrate: %w", path, err)
	}
	return answer.Units, nil
}
