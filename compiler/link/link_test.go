package link_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"mote/compiler/link"
	"mote/internal/diag"
	"mote/target"
)

// sharedCache keeps the port's objects for all tests that do not look at what is compiled.
var sharedCache string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mote-link-test-")
	if err != nil {
		panic(err)
	}
	sharedCache = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

func TestSecondLinkCompilesNothing(t *testing.T) {
	cfg := fresh(t, "mps2-an385")
	first, err := link.Link(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile(cfg.Output)
	if err != nil {
		t.Fatal(err)
	}
	generated := objects(t, cfg)
	var commands bytes.Buffer
	cfg.Trace, cfg.Output = &commands, cfg.Output+"2"
	second, err := link.Link(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(commands.String(), "clang") {
		t.Errorf("the second link ran\n%s", commands.String())
	}
	for i, s := range second.Steps[:2] {
		if s.Ran != 0 || s.Cached != first.Steps[i].Ran {
			t.Errorf("step %s: ran %d, cached %d; the first ran %d", s.Name, s.Ran, s.Cached, first.Steps[i].Ran)
		}
	}
	if now := objects(t, cfg); generated == 0 || now != generated {
		t.Errorf("code was generated for %d modules by the first link, for %d more by the second", generated, now-generated)
	}
	again, err := os.ReadFile(cfg.Output)
	if err != nil || !bytes.Equal(again, image) {
		t.Errorf("the images differ (%v)", err)
	}
}

// fresh is config with an empty cache, and without the helpers, whose compilation would take most of the test's time.
func fresh(t *testing.T, name string) link.Config {
	cfg := config(t, name, t.TempDir())
	helpers := fstest.MapFS{}
	files, err := fs.Glob(cfg.Lib, "runtime/asm/*.S")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := fs.ReadFile(cfg.Lib, file)
		if err != nil {
			t.Fatal(err)
		}
		helpers[file] = &fstest.MapFile{Data: text}
	}
	cfg.Lib = helpers
	return cfg
}

// objects counts the modules that ThinLTO has generated code for.
func objects(t *testing.T, cfg link.Config) int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cfg.CacheDir, "thinlto", "llvmcache-*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// TestReproducible links in two empty caches and compares the images, DWARF included.
func TestReproducible(t *testing.T) {
	var images [][]byte
	for range 2 {
		cfg := fresh(t, "microbit")
		if _, err := link.Link(context.Background(), cfg); err != nil {
			t.Fatal(err)
		}
		image, err := os.ReadFile(cfg.Output)
		if err != nil {
			t.Fatal(err)
		}
		images = append(images, image)
	}
	if !bytes.Equal(images[0], images[1]) {
		t.Error("two links of the same inputs differ")
	}
}

func TestTraceShowsCommands(t *testing.T) {
	cfg := fresh(t, "mps2-an385")
	var commands bytes.Buffer
	cfg.Trace = &commands
	if _, err := link.Link(context.Background(), cfg); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"clang-19 --target=thumbv7m-none-eabi -mcpu=cortex-m3", "ld.lld-19 --gc-sections", "-O2 -flto=thin"} {
		if !strings.Contains(commands.String(), want) {
			t.Errorf("no %q in\n%s", want, commands.String())
		}
	}
}

// diagnostics wants err to be a list and returns its text.
func diagnostics(t *testing.T, err error) string {
	t.Helper()
	var list diag.List
	if !errors.As(err, &list) {
		t.Fatalf("err = %v, want diagnostics", err)
	}
	return list.Error()
}

// keep makes sized variables that stay.
func keep(pkg, kind string, sizes ...int) link.Module {
	var ir strings.Builder
	fmt.Fprintf(&ir, "source_filename = %q\n", pkg)
	used := []string{}
	for i, n := range sizes {
		fmt.Fprintf(&ir, "@\"%s.v%d\" = %s [%d x i8] c\"%s\"\n", pkg, i, kind, n, strings.Repeat("x", n))
		used = append(used, fmt.Sprintf("ptr @\"%s.v%d\"", pkg, i))
	}
	fmt.Fprintf(&ir, "@llvm.used = appending global [%d x ptr] [%s], section \"llvm.metadata\"\n", len(used), strings.Join(used, ", "))
	return link.Module{Name: pkg, IR: []byte(ir.String())}
}

func TestOverflow(t *testing.T) {
	tests := []struct {
		name, kind string
		want       []string
	}{
		{"flash", "constant", []string{`region "flash" of microbit overflowed by `, "largest: a.b/big 300000 bytes (a.b/big.v0 200000), small 70000 bytes (small.v0 70000), "}},
		{"ram", "global", []string{`region "ram" of microbit overflowed by `, `region "flash" of microbit overflowed by `, "largest: a.b/big 300000 bytes (a.b/big.v0 200000), small 70000 bytes"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cfg := config(t, "microbit", sharedCache)
			cfg.Modules = append(cfg.Modules, keep("a.b/big", tt.kind, 200000, 100000), keep("small", tt.kind, 70000))
			_, err := link.Link(context.Background(), cfg)
			text := diagnostics(t, err)
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s\nlacks %q", text, want)
				}
			}
		})
	}
}

func TestUndefinedSymbol(t *testing.T) {
	cfg := config(t, "mps2-an385", sharedCache)
	cfg.Modules[0].IR = bytes.Replace(cfg.Modules[0].IR, []byte("define void @runtime.start() noreturn {"),
		[]byte("declare void @\"main.(*T).gone\"()\ndefine void @runtime.start() noreturn {\n  call void @\"main.(*T).gone\"()"), 1)
	_, err := link.Link(context.Background(), cfg)
	if got, want := diagnostics(t, err), `internal error: nothing defines symbol "main.(*T).gone", used by runtime.start`; got != want {
		t.Errorf("err = %s, want %s", got, want)
	}
}

func TestBadIR(t *testing.T) {
	cfg := config(t, "mps2-an385", sharedCache)
	cfg.Modules = append(cfg.Modules, link.Module{Name: "a/b", IR: []byte("define void @f() {\n  ret i32\n}\n")})
	_, err := link.Link(context.Background(), cfg)
	if err == nil || !strings.Contains(err.Error(), "clang-19 rejects the IR of package a/b, kept in ") {
		t.Errorf("err = %v", err)
	}
}

func TestMissingTools(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	tgt, err := target.Load("mps2-an385")
	if err != nil {
		t.Fatal(err)
	}
	_, err = link.Link(context.Background(), link.Config{Target: tgt, Opt: "2", Output: "x", CacheDir: t.TempDir()})
	text := diagnostics(t, err)
	for _, want := range []string{"clang-19 not found: it is in the Debian package clang-19", "apt-get install lld-19"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %q", text, want)
		}
	}
}

func TestCancelled(t *testing.T) {
	cfg := fresh(t, "mps2-an385")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := link.Link(ctx, cfg); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want context.Canceled", err)
	}
}
