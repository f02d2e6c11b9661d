// Package plugin builds the TCG plugins that QEMU loads, from C sources that it carries.
//
// Plugins run on the host inside QEMU. Start reading at Count; src/count.c is the instruction counter, src/masked.c measures how long interrupts are
// masked.
package plugin

import (
	"crypto/sha256"
	_ "embed"
	"fmt"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"

	"mote/internal/diag"
)

//go:embed src/count.c
var countSource []byte

//go:embed src/masked.c
var maskedSource []byte

// Count builds the instruction counter, or finds it in cacheDir, and returns the path of the shared object.
func Count(cacheDir string) (string, error) { return build(cacheDir, "count", countSource) }

// Masked builds what measures how long interrupts are masked, or finds it in cacheDir.
func Masked(cacheDir string) (string, error) { return build(cacheDir, "masked", maskedSource) }

// build compiles one source; the file's name has the source's hash in it, so it is built again only when that changes.
func build(cacheDir, name string, source []byte) (string, error) {
	cacheDir, err := filepath.Abs(cacheDir)
	if err != nil {
		return "", err
	}
	path := filepath.Join(cacheDir, "plugin", fmt.Sprintf("%s-%x.so", name, sha256.Sum256(source))[:len(name)+17]+".so")
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	compiler, err := exec.LookPath("clang-19")
	if err != nil {
		return "", diag.Errorf(token.Position{}, "apt-get install clang-19", "clang-19 not found: it is in the Debian package clang-19")
	}
	linker, err := exec.LookPath("ld.lld-19")
	if err != nil {
		return "", diag.Errorf(token.Position{}, "apt-get install lld-19", "ld.lld-19 not found: it is in the Debian package lld-19")
	}
	dir, err := os.MkdirTemp(filepath.Dir(path), "build-*")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	c, so := filepath.Join(dir, name+".c"), filepath.Join(dir, name+".so")
	if err := os.WriteFile(c, source, 0o666); err != nil {
		return "", err
	}
	// No libc at link time: QEMU has it and the plugin interface, and resolves both when it loads the plugin.
	cmd := exec.Command(compiler, "-O2", "-fPIC", "-shared", "-nostdlib", "-fuse-ld="+linker, "-o", so, c)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("internal error: building the plugin %s: %w\n%s", name, err, out)
	}
	return path, os.Rename(so, path)
}
