package build

import (
	"bytes"
	"debug/buildinfo"
	"debug/elf"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClaims holds doc/guide/arm64-claims.md to what the tools do: settings that are said to matter for ARM64 and do not.
func TestClaims(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a program in several ways")
	}
	dir := sample(t, map[string]string{"main.go": hello})
	plan, err := New(generic(t), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "program")
	compile := func(env []string, args ...string) ([]byte, error) {
		changed := *plan
		changed.Args = append(changed.Args[:len(changed.Args):len(changed.Args)], args...)
		if err := changed.compile(t.Context(), dir, ".", out, env); err != nil {
			return nil, err
		}
		return os.ReadFile(out)
	}
	plain, err := compile(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("no .ARM.attributes", func(t *testing.T) {
		f, err := elf.NewFile(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Sections {
			if strings.Contains(strings.ToLower(s.Name), "attributes") {
				t.Errorf("section %s", s.Name)
			}
		}
	})
	t.Run("other architectures' settings", func(t *testing.T) {
		for _, env := range []string{"GOMIPS=softfloat", "GOMIPS64=softfloat", "GOARM=5", "GOAMD64=v4"} {
			if got, err := compile([]string{env}); err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%s changes the program, %v", env, err)
			}
		}
	})
	t.Run("-static-libgo", func(t *testing.T) {
		if _, err := compile(nil, "-ldflags=-static-libgo"); err == nil || !strings.Contains(err.Error(), "flag provided but not defined: -static-libgo") {
			t.Errorf("%v", err)
		}
	})
	t.Run("-extldflags=-static", func(t *testing.T) {
		got, err := compile(nil, "-ldflags=-s -w -buildid= -extldflags=-static")
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("it changes the program, %v", err)
		}
	})
	t.Run("flags in the build information", func(t *testing.T) {
		info, err := buildinfo.Read(bytes.NewReader(plain))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range info.Settings {
			if s.Key == "-ldflags" {
				t.Errorf("-ldflags is there: %q", s.Value)
			}
		}
	})
	t.Run("names in a stripped program", func(t *testing.T) {
		if !bytes.Contains(plain, []byte("runtime.mallocgc")) {
			t.Error("no names of functions")
		}
	})
}
