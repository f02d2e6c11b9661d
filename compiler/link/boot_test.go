package link_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"mote/compiler/link"
	"mote/emulator"
	"mote/image"
	"mote/target"
)

// need skips the test when a program is missing.
func need(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is not installed", p)
		}
	}
}

// config links testdata/hello.ll for a target.
func config(t *testing.T, name, cache string) link.Config {
	t.Helper()
	need(t, "clang-19", "ld.lld-19")
	tgt, err := target.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	ir, err := os.ReadFile("testdata/hello.ll")
	if err != nil {
		t.Fatal(err)
	}
	return link.Config{Target: tgt, Modules: []link.Module{{Name: "hello", IR: ir}}, Opt: "2", Lib: os.DirFS("../../lib"),
		Output: filepath.Join(t.TempDir(), "hello.elf"), CacheDir: cache}
}

func TestBootsOnEveryTarget(t *testing.T) {
	all, err := target.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, tgt := range all {
		t.Run(tgt.Name, func(t *testing.T) {
			cfg := config(t, tgt.Name, sharedCache)
			if _, err := link.Link(context.Background(), cfg); err != nil {
				t.Fatal(err)
			}
			if err := image.Check(cfg.Output, tgt); err != nil {
				t.Error(err)
			}
			if tgt.Emulator.Program == "" {
				return
			}
			need(t, tgt.Emulator.Program)
			stdout, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: tgt, ELF: cfg.Output, Timeout: 20 * time.Second})
			if err != nil {
				t.Fatal(err)
			}
			if res.ExitCode != 7 || stdout != "hello\n" || stderr != "oops\n" {
				t.Errorf("exit status %d, stdout %q, stderr %q", res.ExitCode, stdout, stderr)
			}
		})
	}
}
