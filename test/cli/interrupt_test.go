package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// interrupt is the script command `interrupt text command...`: it starts the command, sends it SIGINT as soon as a line of its
// standard error is text, and wants it to exit with status 130. It reads standard error to its end, which
// comes only when no process that inherited it is left.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: interrupt text command...")
	}
	program := findProgram(ts, args[1])
	cmd := exec.Command(program, args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME"), "GOCACHE=" + ts.Getenv("GOCACHE"),
		"GOMODCACHE=" + ts.Getenv("GOMODCACHE"), "MOTE_CACHE=" + ts.Getenv("MOTE_CACHE")}
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	seen := false
	lines := bufio.NewReader(stderr)
	for {
		line, err := lines.ReadString('\n')
		if strings.TrimSpace(line) == args[0] && !seen {
			seen = true
			ts.Check(cmd.Process.Signal(os.Interrupt))
		}
		if err == io.EOF {
			break
		}
		ts.Check(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		ts.Fatalf("%s ended with %v, want exit status 130", args[1], err)
	}
	if !seen {
		ts.Fatalf("%s did not write %q", args[1], args[0])
	}
}

// findProgram looks in the script's PATH, where testscript has put mote.
func findProgram(ts *testscript.TestScript, name string) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		file := filepath.Join(dir, name)
		if info, err := os.Stat(file); err == nil && info.Mode()&0o111 != 0 {
			return file
		}
	}
	ts.Fatalf("%s is not in PATH", name)
	return ""
}
