package link_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mote/compiler/link"
	"mote/emulator"
	"mote/image"
	"mote/internal/need"
	"mote/lib"
	"mote/target"
)

// config links testdata/hello.ll for a target.
func config(t *testing.T, name, cache string) link.Config {
	t.Helper()
	need.Tools(t, "clang-19", "ld.lld-19")
	tgt, err := target.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	ir, err := os.ReadFile("testdata/hello.ll")
	if err != nil {
		t.Fatal(err)
	}
	return link.Config{Target: tgt, Modules: []link.Module{{Name: "hello", IR: ir}}, Opt: "2", Lib: lib.Files(),
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
			need.Tools(t, tgt.Emulator.Program)
			stdout, stderr, res, err := emulator.Output(context.Background(), emulator.Config{Target: tgt, ELF: cfg.Output, Timeout: 2 * time.Minute})
			if err != nil {
				t.Fatal(err)
			}
			if res.ExitCode != 7 || stdout != "hello\n" || stderr != "oops\n" {
				t.Errorf("exit status %d, stdout %q, stderr %q", res.ExitCode, stdout, stderr)
			}
		})
	}
}
