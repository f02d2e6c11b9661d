package emulator_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mote/compiler/link"
	"mote/emulator"
	"mote/internal/need"
	"mote/lib"
	"mote/target"
)

// sharedCache keeps the port's objects from test to test.
var sharedCache string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mote-test-")
	if err != nil {
		panic(err)
	}
	sharedCache = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// image links testdata/<name>.ll for mps2-an385.
func image(t *testing.T, name string) emulator.Config { return imageFor(t, "mps2-an385", name) }

func imageFor(t *testing.T, board, name string) emulator.Config {
	t.Helper()
	tgt, err := target.Load(board)
	if err != nil {
		t.Fatal(err)
	}
	need.Tools(t, "clang-19", "ld.lld-19", tgt.Emulator.Program)
	ir, err := os.ReadFile(filepath.Join("testdata", name+".ll"))
	if err != nil {
		t.Fatal(err)
	}
	cfg := link.Config{Target: tgt, Modules: []link.Module{{Name: name, IR: ir}}, Opt: "2", Lib: lib.Files(),
		Output: filepath.Join(t.TempDir(), name+".elf"), CacheDir: sharedCache}
	if _, err := link.Link(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	return emulator.Config{Target: tgt, ELF: cfg.Output, Timeout: 30 * time.Second}
}

func TestConsoleArgumentsAndStatus(t *testing.T) {
	cfg := image(t, "console")
	cfg.Name, cfg.Args, cfg.Stdin = "prog", []string{"-v", "a,b", "c d", "", "it's"}, strings.NewReader("from stdin")
	stdout, stderr, res, err := emulator.Output(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimRight(stdout, "\x00") != `prog -v a,b 'c d' '' 'it'"'"'s'` || stderr != "from stdin" || res.ExitCode != 3 {
		t.Errorf("stdout %q, stderr %q, exit status %d", stdout, stderr, res.ExitCode)
	}
}

func TestCountIsExact(t *testing.T) {
	cfg := image(t, "console")
	cache := t.TempDir()
	var first emulator.Counts
	for i := range 2 {
		counts, res, err := emulator.Count(context.Background(), cfg, cache)
		if err != nil {
			t.Fatal(err)
		}
		if res.ExitCode != 3 {
			t.Errorf("exit status %d", res.ExitCode)
		}
		if want := (emulator.Region{Passes: 2, Min: 3, Max: 5, Total: 8, Median: 3}); counts.Region != want {
			t.Errorf("region = %+v, want %+v", counts.Region, want)
		}
		if i == 0 {
			first = counts
		} else if counts != first {
			t.Errorf("second run %+v, first %+v", counts, first)
		}
	}
	if first.Instructions < 50 || first.Instructions > 100000 {
		t.Errorf("%d instructions", first.Instructions)
	}
}

func TestTimeout(t *testing.T) {
	cfg := image(t, "hang")
	cfg.Timeout = 300 * time.Millisecond
	_, err := emulator.Run(context.Background(), cfg)
	if !errors.Is(err, emulator.ErrTimeout) || !strings.Contains(err.Error(), "timed out after 300ms") {
		t.Errorf("err = %v, want ErrTimeout", err)
	}
}

func TestMissingEmulator(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for name, want := range map[string]string{
		"riscv-virt": "qemu-system-riscv32 not found: it is in the Debian package qemu-system-misc\n\thint: apt-get install qemu-system-misc",
		"pico":       "target pico can only be built",
	} {
		tgt, err := target.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := emulator.Run(context.Background(), emulator.Config{Target: tgt, ELF: "x"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: err = %v, want %q", name, err, want)
		}
	}
}

func TestNoSuchImage(t *testing.T) {
	cfg := image(t, "hang")
	cfg.ELF = "/nonexistent.elf"
	if _, stderr, _, err := emulator.Output(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), "did not start the image") {
		t.Errorf("err = %v, stderr %q", err, stderr)
	}
}

func TestLockup(t *testing.T) {
	cfg := image(t, "lockup")
	if _, _, _, err := emulator.Output(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), "the processor locked up") {
		t.Errorf("err = %v", err)
	}
}
