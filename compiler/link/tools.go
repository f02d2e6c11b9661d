package link

import (
	"bytes"
	"context"
	"fmt"
	"go/token"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"

	"mote/internal/diag"
)

// tool is a program and what identifies its version.
type tool struct {
	path    string
	version string // size and time of the binary: cheap, and changes with every upgrade
}

type tools struct {
	clang, lld tool
}

// findTools looks for the programs on PATH; a missing one is an error that names its Debian package.
func findTools() (tools, error) {
	var t tools
	var missing diag.List
	for _, want := range []struct {
		to            *tool
		program, from string
	}{{&t.clang, "clang-19", "clang-19"}, {&t.lld, "ld.lld-19", "lld-19"}} {
		path, err := exec.LookPath(want.program)
		if err != nil {
			missing = append(missing, diag.Errorf(token.Position{}, "apt-get install "+want.from, "%s not found: it is in the Debian package %s", want.program, want.from)...)
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return t, err
		}
		*want.to = tool{path, fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())}
	}
	if missing != nil {
		return t, missing
	}
	return t, nil
}

// printing keeps commands that run at the same time on lines of their own.
type printing struct {
	mu sync.Mutex
	to io.Writer
}

func (p *printing) command(name string, args []string) {
	if p.to == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	words := []string{name}
	for _, a := range args {
		if strings.ContainsAny(a, " \t\n'\"$*;&|<>()") || a == "" {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		words = append(words, a)
	}
	fmt.Fprintln(p.to, strings.Join(words, " "))
}

// run executes a tool and returns what it wrote to standard error; err is set when it failed,
// and is ctx's when that ended.
func run(ctx context.Context, p *printing, t tool, stdin []byte, args ...string) (string, error) {
	p.command(t.path, args)
	cmd := exec.CommandContext(ctx, t.path, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // a linker does not outlive a killed mote
	cmd.Stdin = bytes.NewReader(stdin)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	err := cmd.Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return out.String(), err
}
