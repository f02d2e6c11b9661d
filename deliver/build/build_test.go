package build

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mote/deliver/device"
	"mote/deliver/elfgate"
)

func generic(t *testing.T) *device.Profile {
	t.Helper()
	p, err := device.Load("generic-arm64")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sample writes a module with a program and returns its folder.
func sample(t *testing.T, files map[string]string) string {
	t.Helper()
	t.Setenv("GOWORK", "off")
	dir := t.TempDir()
	if files["go.mod"] == "" {
		files["go.mod"] = "module example.org/sample/v2\n\ngo 1.26\n"
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const hello = "package main\n\nvar version = \"none\"\n\nfunc main() { println(version) }\n"

func silent(string) {}

func TestPlan(t *testing.T) {
	plan, err := New(generic(t), Options{Tags: "a,b", Vars: []string{"main.version=1 2"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0", "GOARM64=v8.0", "GOFLAGS="} {
		if !slices.Contains(plan.Env, want) {
			t.Errorf("no %s in %q", want, plan.Env)
		}
	}
	want := []string{"-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= '-X=main.version=1 2'", "-tags=a,b"}
	if !slices.Equal(plan.Args, want) {
		t.Errorf("have %q, want %q", plan.Args, want)
	}
	if len(plan.Reasons) != len(plan.Env)+len(plan.Args) {
		t.Error("every setting has a reason")
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		o    Options
		want string
	}{
		{Options{Mode: "pie"}, "/lib/ld-linux-aarch64.so.1"},
		{Options{Mode: "c-shared"}, "-buildmode=c-shared makes no program"},
		{Options{Level: "v8.1"}, "SIGILL"},
		{Options{Level: "v7"}, `"v7" is no level of arm64`},
		{Options{Symbols: true}, "excludes programs with symbol table"},
	} {
		if _, err := New(generic(t), tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.o, err, tt.want)
		}
	}
	p := generic(t)
	p.Exec.Symbols, p.CPU.Level = true, "v8.2"
	plan, err := New(p, Options{Symbols: true, Level: "v8.1"})
	if err != nil || !slices.Contains(plan.Args, "-ldflags=-buildid=") || !slices.Contains(plan.Env, "GOARM64=v8.1") {
		t.Errorf("%+v, %v", plan, err)
	}
}

// TestBuild builds twice, in two folders, what the gate then accepts.
func TestBuild(t *testing.T) {
	dir := sample(t, map[string]string{"main.go": hello})
	plan, err := New(generic(t), Options{Dir: dir, Vars: []string{"main.version=one two"}})
	if err != nil {
		t.Fatal(err)
	}
	if name, err := plan.Name(t.Context()); name != "sample" || err != nil {
		t.Errorf("named %q, %v", name, err)
	}
	out := filepath.Join(dir, "program")
	r, err := plan.Build(t.Context(), out, !testing.Short(), silent)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	if r.Package != "example.org/sample/v2" {
		t.Errorf("package %q", r.Package)
	}
	if r.SHA256 != hex.EncodeToString(sum[:]) || r.Size != int64(len(data)) || !slices.Equal(r.Args, plan.Args) {
		t.Errorf("%+v", r)
	}
	if r.Reproduced != !testing.Short() || r.Elsewhere != !testing.Short() {
		t.Errorf("reproduced %v, elsewhere %v", r.Reproduced, r.Elsewhere)
	}
	if !strings.Contains(string(data), "one two") {
		t.Error("-X is lost")
	}
	if report := elfgate.Verify(data, generic(t)); !report.OK {
		t.Errorf("%+v", report.Findings)
	}
}

// TestTied: a module with a replacement outside is built twice where it is.
func TestTied(t *testing.T) {
	dir := sample(t, map[string]string{
		"a/main.go": "package main\n\nimport \"example.org/b\"\n\nfunc main() { b.B() }\n", "b/b.go": "package b\n\nfunc B() { println() }\n", "b/go.mod": "module example.org/b\n",
		"a/go.mod": "module example.org/a\n\ngo 1.26\n\nrequire example.org/b v0.0.0\n\nreplace example.org/b => ../b\n",
	})
	plan, err := New(generic(t), Options{Dir: filepath.Join(dir, "a")})
	if err != nil {
		t.Fatal(err)
	}
	m, err := plan.module(t.Context())
	if err != nil || m.movable || m.inside != "./." {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestUnreproducible: the second build differs because a file that is embedded does.
func TestUnreproducible(t *testing.T) {
	dir := sample(t, map[string]string{"main.go": "package main\n\nimport _ \"embed\"\n\n//go:embed stamp\nvar stamp string\n\nfunc main() { println(stamp) }\n", "stamp": "first"})
	plan, err := New(generic(t), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "program")
	_, err = plan.Build(t.Context(), out, true, func(stage string) {
		if stage == "compile again" {
			os.WriteFile(filepath.Join(dir, "stamp"), []byte("other"), 0o666)
		}
	})
	if err == nil || !strings.Contains(err.Error(), "is not reproducible") || !strings.Contains(err.Error(), "first difference is at byte") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("the program is left behind")
	}
}

func TestBuildMistakes(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"library": {"package lib\n", "is not a program"},
		"error":   {"package main\n\nfunc main() { x }\n", "undefined: x"},
	} {
		plan, err := New(generic(t), Options{Dir: sample(t, map[string]string{"main.go": tt.text})})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := plan.Build(t.Context(), filepath.Join(t.TempDir(), "out"), false, silent); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	plan, err := New(generic(t), Options{Dir: sample(t, map[string]string{"main.go": hello})})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plan.Build(ctx, filepath.Join(t.TempDir(), "out"), false, silent); err == nil {
		t.Error("a cancelled build is no error")
	}
}

// TestMatrix is a sample of the ports: every format, both byte orders, 32 and 64 bits. doc/guide/ports.md has all of them.
func TestMatrix(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the runtime for several ports")
	}
	all, err := Ports(t.Context())
	if err != nil || len(all) < 40 {
		t.Fatalf("%d ports, %v", len(all), err)
	}
	want := map[string]Row{
		"linux/arm64":   {Builds: true, Format: "ELF", Static: true, Gate: "ok"},
		"linux/arm":     {Builds: true, Format: "ELF", Static: true, Gate: "ok"},
		"linux/mips":    {Builds: true, Format: "ELF", Static: true, Gate: "ok"},
		"linux/riscv64": {Builds: true, Format: "ELF", Static: true, Gate: "ok"},
		"freebsd/arm64": {Builds: true, Format: "ELF", Static: true, Gate: "ok"},
		"linux/s390x":   {Builds: true, Format: "ELF", Static: true, Gate: "ok"},
		"openbsd/arm":   {Builds: true, Format: "ELF", Gate: "ok"},
		"windows/amd64": {Builds: true, Format: "PE"},
	}
	var ports []Port
	for _, p := range all {
		if _, ok := want[p.GOOS+"/"+p.GOARCH]; ok {
			p.CgoSupported = false // a C compiler for each is not asked for
			ports = append(ports, p)
		}
	}
	err = Matrix(t.Context(), Options{Package: ".", Dir: sample(t, map[string]string{"main.go": hello})}, ports, func(got Row) {
		w := want[got.Port]
		w.Port, w.Size = got.Port, got.Size
		if got != w {
			t.Errorf("have %+v, want %+v", got, w)
		}
		delete(want, got.Port)
	})
	if err != nil || len(want) > 0 {
		t.Errorf("%v, without a row: %v", err, want)
	}
}
