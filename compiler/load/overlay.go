package load

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mote"
	"mote/lib"
)

// tree is a tree of packages in the mote binary, as a part of the overlay.
type tree struct {
	files  fs.FS
	prefix string // import path of its root: empty for the port
}

// embedded returns what mote lays over GOROOT/src: the port, and the packages for firmware unless the user's modules have them.
func embedded(cfg Config, env goEnvironment) []tree {
	trees := []tree{{files: lib.Files()}}
	if !hasModule(cfg, env) {
		trees = append(trees, tree{files: mote.Firmware(), prefix: mote.Module})
	}
	return trees
}

// hasModule reports whether module mote is one of those that the user builds from: the main module, which it is for the programs in
// mote's own tree, one of a workspace, or a required one. The go command takes a package that std has as well for ambiguous.
func hasModule(cfg Config, env goEnvironment) bool {
	gomod, _ := os.ReadFile(env.GOMOD) // none outside a module
	if env.GOWORK == "" && !slices.Contains(strings.Fields(string(gomod)), mote.Module) {
		return false // as nearly always; asking would take as long as all that remains of listing
	}
	_, err := runGo(cfg, "list", "-m", mote.Module)
	return err == nil
}

// forFirmware reports whether an import path is that of a package for firmware, which may use what only the port may otherwise.
func forFirmware(importPath string) bool {
	dir, ok := strings.CutPrefix(importPath, mote.Module+"/")
	if !ok {
		return false
	}
	_, err := fs.Stat(mote.Firmware(), dir)
	return err == nil
}

// overlay is the port and the packages for firmware merged with GOROOT/src: for the go command as a file, for the parser as a map.
type overlay struct {
	file    string            // go list -overlay
	replace map[string]string // file of GOROOT/src -> file that holds its contents; "" removes it
}

// source returns the name of the file to read for name.
func (o *overlay) source(name string) string {
	if r, ok := o.replace[name]; ok {
		return r
	}
	return name
}

// writeOverlay puts the Go files of trees below cacheDir, in a folder named by their contents, and describes there how they
// merge with goroot.
func writeOverlay(trees []tree, goroot, cacheDir string) (*overlay, error) {
	files := &portFiles{data: make(map[string][]byte)}
	for _, t := range trees {
		if err := files.read(t); err != nil {
			return nil, err
		}
	}
	dir := filepath.Join(cacheDir, "lib", files.hash(goroot))
	src := filepath.Join(goroot, "src")
	ov := &overlay{file: filepath.Join(dir, "overlay.json"), replace: make(map[string]string)}
	for _, pkg := range files.replaced {
		if err := ov.remove(filepath.Join(src, filepath.FromSlash(pkg))); err != nil {
			return nil, err
		}
	}
	for _, name := range files.names {
		name = filepath.FromSlash(name)
		ov.replace[filepath.Join(src, name)] = filepath.Join(dir, name)
	}
	if _, err := os.Stat(ov.file); err == nil {
		return ov, nil // its folder was moved into place complete
	}
	return ov, files.write(dir, ov)
}

// remove hides what belongs to the package in folder dir of GOROOT; its sub-folders are packages of their own.
func (o *overlay) remove(dir string) error {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil // a package that only the port has
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		switch filepath.Ext(e.Name()) {
		case ".go", ".s", ".S", ".h", ".c", ".syso":
			o.replace[filepath.Join(dir, e.Name())] = ""
		}
	}
	return nil
}

// portFiles are the Go files of the overlay by import path and file name, and the packages it replaces, both in order.
type portFiles struct {
	names    []string
	data     map[string][]byte
	replaced []string
}

// read adds the files of t.
func (p *portFiles) read(t tree) error {
	return fs.WalkDir(t.files, ".", func(name string, d fs.DirEntry, err error) error {
		dir, base := path.Split(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && base == "testdata":
			return fs.SkipDir
		case d.IsDir() || dir == "": // the carrier package itself is not part of the overlay
		case base == lib.ReplaceMarker:
			p.replaced = append(p.replaced, path.Clean(dir))
		case strings.HasSuffix(base, ".go") && !strings.HasSuffix(base, "_test.go"):
			full := path.Join(t.prefix, name)
			p.names = append(p.names, full)
			p.data[full], err = fs.ReadFile(t.files, name)
		}
		return err
	})
}

// hash identifies the overlay: its contents and where it is laid over.
func (p *portFiles) hash(goroot string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q\n", goroot, p.replaced)
	for _, name := range p.names {
		fmt.Fprintf(h, "%q %d\n", name, len(p.data[name]))
		h.Write(p.data[name])
	}
	return hex.EncodeToString(h.Sum(nil))[:20]
}

// write fills dir. Another process may do the same; whoever renames first wins.
func (p *portFiles) write(dir string, ov *overlay) error {
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), "new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for _, name := range p.names {
		if err := writeFile(filepath.Join(tmp, filepath.FromSlash(name)), p.data[name]); err != nil {
			return err
		}
	}
	desc, err := json.Marshal(struct{ Replace map[string]string }{ov.replace})
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(tmp, filepath.Base(ov.file)), desc); err != nil {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		if _, statErr := os.Stat(ov.file); statErr == nil {
			return nil
		}
		return err
	}
	return nil
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o666)
}
