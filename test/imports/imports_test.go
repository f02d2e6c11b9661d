// Package imports checks which packages of this module may import which: the table in allowed is the architecture, and a
// package that is not in it is on nobody's path yet.
package imports

import (
	"go/build"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowed maps a package to those of this module that it may import beside internal/diag. Stages come in the order of a build
// and see only what comes before them; nothing below compiler knows the command line; the port and the packages for firmware are known by
// their files alone, and what those import besides is std. "." is the root, which embeds them.
func allowed() map[string][]string {
	return map[string][]string{
		"internal/diag":      {},
		"internal/cache":     {},
		"internal/need":      {},
		"target":             {},
		"lib":                {},
		".":                  {},
		"mem":                {"rtos"},
		"rtos":               {},
		"image":              {"target"},
		"emulator":           {"emulator/plugin", "target"},
		"emulator/plugin":    {},
		"debug/frame":        {},
		"debug/trace":        {"debug/frame"},
		"compiler/load":      {".", "lib"},
		"compiler/intrinsic": {},
		"compiler/initeval":  {"compiler/load"},
		"compiler/rtype":     {"compiler/initeval", "compiler/load"},
		"compiler/reach":     {"compiler/initeval", "compiler/intrinsic", "compiler/load", "compiler/rtype"},
		"compiler/callgraph": {"compiler/initeval", "compiler/intrinsic", "compiler/load", "compiler/reach", "compiler/rtype"},
		"compiler/escape":    {"compiler/initeval", "compiler/intrinsic", "compiler/load", "compiler/reach"},
		"compiler/handler":   {"compiler/callgraph", "compiler/escape", "compiler/load", "compiler/reach", "target"},
		"compiler/llvm":      {},
		"compiler/lower": {"compiler/callgraph", "compiler/escape", "compiler/handler", "compiler/initeval", "compiler/intrinsic", "compiler/llvm", "compiler/load",
			"compiler/reach", "compiler/rtype", "target"},
		"compiler/noheap":  {"compiler/callgraph", "compiler/escape", "compiler/initeval", "compiler/load", "compiler/reach"},
		"compiler/stack":   {"debug/frame", "target"},
		"compiler/functab": {"debug/frame"},
		"compiler/slots":   {"compiler/stack"},
		"compiler/link":    {"compiler/functab", "image", "target"},
		"compiler": {"compiler/callgraph", "compiler/escape", "compiler/handler", "compiler/initeval", "compiler/link", "compiler/load", "compiler/lower", "compiler/noheap", "compiler/reach",
			"compiler/slots", "compiler/stack", "image", "internal/cache", "lib", "target"},
		"test/boot":          {"compiler", "debug/trace", "emulator", "internal/cache", "internal/need", "target"},
		"test/robust/script": {},

		"deliver/sandbox": {"deliver/policy", "deliver/syscalls"},

		"deliver/syscalls": {},

		"deliver/selfcheck": {},

		"deliver/launch": {"deliver/bundle", "deliver/device", "deliver/policy", "deliver/sandbox", "deliver/selfcheck"},

		"cmd/mote-run": {"deliver/launch"},

		"deliver/record": {"deliver/policy", "deliver/syscalls"},
		"testrun":        {"compiler", "compiler/load", "debug/trace", "emulator"},

		"deliver/policy": {},

		"deliver/device": {"deliver/policy"},

		"deliver/bundle": {},

		"deliver/cpio": {},

		"deliver/elfgate": {"deliver/device"},

		"deliver/build": {"deliver/device", "deliver/elfgate"},

		"deliver/boot/console": {"deliver/device"},

		"deliver/boot/guest": {"deliver/boot/console", "deliver/device", "deliver/record"},

		"deliver/boot": {".", "deliver/boot/console", "deliver/cpio", "deliver/device", "internal/cache"},

		"internal/command": {"compiler", "compiler/slots", "compiler/stack", "debug/trace", "deliver/boot", "deliver/boot/console", "deliver/build", "deliver/bundle", "deliver/device", "deliver/elfgate", "deliver/launch", "deliver/policy", "deliver/record", "deliver/sandbox", "emulator", "image", "internal/cache", "target", "testrun"},
		"cmd/mote":         {"internal/command"},
	}
}

const root = "../.."

func TestImports(t *testing.T) {
	table := allowed()
	for _, dir := range hostFolders(t) {
		pkg, err := build.Default.ImportDir(filepath.Join(root, dir), 0)
		if err != nil {
			continue // no Go files for the host
		}
		may, ok := table[dir]
		if !ok {
			t.Errorf("package %s is not in the table", dir)
			continue
		}
		for _, imp := range pkg.Imports {
			name, own := strings.CutPrefix(imp, "mote/")
			if imp == "mote" {
				name, own = ".", true
			}
			if own && name != "internal/diag" && !slices.Contains(may, name) {
				t.Errorf("package %s must not import %s", dir, name)
			}
		}
	}
	for dir, may := range table {
		for _, name := range may {
			if _, ok := table[name]; !ok {
				t.Errorf("the table allows %s to import %s, which it does not have", dir, name)
			}
		}
	}
}

// hostFolders lists the folders of the toolchain: not the port, whose packages have the import paths of std, nor examples and suites.
func hostFolders(t *testing.T) []string {
	t.Helper()
	dirs := []string{".", "lib"}
	for _, top := range []string{"cmd", "compiler", "debug", "deliver", "emulator", "image", "internal", "mem", "rtos", "target"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(name string, d fs.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if d.Name() == "testdata" {
				return filepath.SkipDir
			}
			rel, err := filepath.Rel(root, name)
			dirs = append(dirs, path.Clean(filepath.ToSlash(rel)))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dirs
}
