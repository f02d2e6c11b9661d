// Package cli tests mote's command line with scripts: each file in testdata is one, in the language of
// github.com/rogpeppe/go-internal/testscript, and runs the real command.
package cli

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"mote/internal/command"
	"mote/internal/need"
)

var update = flag.Bool("update", false, "rewrite expected output in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"mote": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			status := command.Main(ctx, os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
			stop()
			os.Exit(status)
		},
	})
}

func TestScripts(t *testing.T) {
	shared := t.TempDir()
	goEnv := goEnvironment(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: *update,
		Condition:     condition,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"interrupt": interrupt, "status": status},
		Setup: func(env *testscript.Env) error {
			// One cache for all scripts; those that test the cache set their own.
			env.Setenv("MOTE_CACHE", filepath.Join(shared, "cache"))
			env.Vars = append(env.Vars, goEnv...)
			return nil
		},
	})
}

// goEnvironment passes the machine's Go caches on; scripts have no home.
func goEnvironment(t *testing.T) []string {
	t.Helper()
	names := []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOFLAGS"}
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var env []string
	for i, value := range strings.Split(strings.TrimSuffix(string(out), "\n"), "\n") {
		env = append(env, names[i]+"="+value)
	}
	return env
}

// condition decides [tools] (what building needs is installed) and [qemu] (what running needs, too); neither holds with -short.
func condition(name string) (bool, error) {
	programs := []string{"clang-19", "ld.lld-19"}
	if name == "qemu" {
		programs = append(programs, "qemu-system-arm", "qemu-system-riscv32")
	}
	return !testing.Short() && (need.Required() || need.Missing(programs...) == ""), nil
}

// status is the script command `status n command...`: the command must exit with status n.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status n command...")
	}
	got := "0"
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = strconv.Itoa(exit.ExitCode())
	} else {
		ts.Check(err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}
