package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"guard": main})
}

// TestScripts runs the command as a user would, see testdata/script. $TRACES are traces of several releases, $SELF is the number of this process,
// which is one of Go.
func TestScripts(t *testing.T) {
	traces, err := filepath.Abs("../../report/testdata")
	if err != nil {
		t.Fatal(err)
	}
	cache, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE", "GOPATH").Output()
	if err != nil {
		t.Fatalf("go env: %v", err)
	}
	paths := strings.Split(strings.TrimSpace(string(cache)), "\n")
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("TRACES", traces)
			e.Setenv("SELF", strconv.Itoa(os.Getpid()))
			e.Setenv("GOCACHE", paths[0])
			e.Setenv("GOMODCACHE", paths[1])
			e.Setenv("GOPATH", paths[2])
			e.Setenv("GOTOOLCHAIN", "local")
			return nil
		},
	})
}
