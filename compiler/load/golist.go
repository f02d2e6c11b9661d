package load

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"go/token"

	"mote/internal/diag"
)

// goRelease is the release whose standard library the port fits.
const goRelease = "go1.26"

// listPackage is what the go command tells about a package (cmd/go's load.PackagePublic).
type listPackage struct {
	Dir            string
	ImportPath     string
	Name           string
	Standard       bool
	DepOnly        bool
	ForTest        string // the package whose tests this variant of a package is for
	GoFiles        []string
	CgoFiles       []string
	IgnoredGoFiles []string
	EmbedFiles     []string
	TestGoFiles    []string
	XTestGoFiles   []string
	Imports        []string
	ImportMap      map[string]string
	Module         *struct{ GoVersion string }
	Error          *listError
}

// listError is the go command's report on a package that it cannot load.
type listError struct {
	ImportStack []string
	Pos         string
	Err         string
}

const listFields = "Dir,ImportPath,Name,Standard,DepOnly,ForTest,GoFiles,CgoFiles,IgnoredGoFiles,EmbedFiles,Imports,ImportMap,Module,Error"

// list asks the go command for the packages of the program, dependencies first.
func (l *loader) list() ([]*listPackage, error) {
	flags := []string{"-deps"}
	if l.cfg.Test {
		flags = append(flags, "-test")
	}
	pkgs, err := l.goList(append(flags, "-json="+listFields))
	if err != nil || !l.cfg.Test {
		return pkgs, err
	}
	return l.testProgram(pkgs)
}

// goList runs go list with flags on the patterns.
func (l *loader) goList(flags []string) ([]*listPackage, error) {
	args := append([]string{"list", "-e", "-overlay", l.overlay.file, "-tags", strings.Join(l.cfg.tags(), ",")}, flags...)
	args = append(append(args, "--"), l.cfg.Patterns...)
	out, err := runGo(l.cfg, args...)
	if err != nil {
		return nil, err
	}
	var pkgs []*listPackage
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listPackage)
		if err := dec.Decode(p); err == io.EOF {
			return pkgs, nil
		} else if err != nil {
			return nil, fmt.Errorf("output of go list: %w", err)
		}
		pkgs = append(pkgs, p)
	}
}

// goEnvironment is what the loader needs to know about the go command.
type goEnvironment struct{ GOROOT, GOVERSION, GOMOD, GOWORK string }

func goEnv(cfg Config) (goEnvironment, error) {
	var env goEnvironment
	out, err := runGo(cfg, "env", "-json", "GOROOT", "GOVERSION", "GOMOD", "GOWORK")
	if err != nil {
		return env, err
	}
	if err := json.Unmarshal(out, &env); err != nil {
		return env, fmt.Errorf("output of go env: %w", err)
	}
	if !isRelease(env.GOVERSION) {
		return env, diag.Errorf(token.Position{}, "set GOTOOLCHAIN="+goRelease+".8, or put that Go first in PATH",
			"the go command here is %s, and mote's port is for %s", env.GOVERSION, goRelease)
	}
	return env, nil
}

func isRelease(version string) bool {
	rest, ok := strings.CutPrefix(version, goRelease)
	return ok && (rest == "" || rest[0] < '0' || rest[0] > '9')
}

// runGo runs the go command for the program's machine and returns its output. What it complains of comes back as a diag.List.
func runGo(cfg Config, args ...string) ([]byte, error) {
	if cfg.Commands != nil {
		fmt.Fprintf(cfg.Commands, "GOOS=%s GOARCH=%s CGO_ENABLED=0 %s %s\n", cfg.GOOS, cfg.GOARCH, cfg.Go, strings.Join(args, " "))
	}
	cmd := exec.Command(cfg.Go, args...)
	cmd.Dir = cfg.Dir
	cmd.Env = append(os.Environ(), "GOOS="+cfg.GOOS, "GOARCH="+cfg.GOARCH, "CGO_ENABLED=0", "PWD="+cfg.Dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err == nil {
		return out, nil
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, diag.Errorf(token.Position{}, "install Go "+goRelease[2:]+" and put it into PATH", "the go command %q is not found", cfg.Go)
		}
		return nil, fmt.Errorf("go %s: %w", args[0], err)
	}
	text := strings.TrimSpace(stderr.String())
	if text == "" {
		text = err.Error()
	}
	return nil, diag.Errorf(token.Position{}, "", "%s", strings.TrimPrefix(text, "go: "))
}
