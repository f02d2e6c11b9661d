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
	"strings"

	"mote/lib"
)

// overlay is the port merged with GOROOT/src: for the go command as a file, for the parser as a map.
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

// writeOverlay puts the port's Go files below cacheDir, in a folder named by their contents, and describes there how they
// merge with goroot.
func writeOverlay(port fs.FS, goroot, cacheDir string) (*overlay, error) {
	files, err := readPort(port)
	if err != nil {
		return nil, err
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

// portFiles are the Go files of the port and the packages it replaces, both sorted.
type portFiles struct {
	names    []string
	data     map[string][]byte
	replaced []string
}

func readPort(port fs.FS) (*portFiles, error) {
	p := &portFiles{data: make(map[string][]byte)}
	err := fs.WalkDir(port, ".", func(name string, d fs.DirEntry, err error) error {
		dir, base := path.Split(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() || dir == "": // the carrier package itself is not part of the port
		case base == lib.ReplaceMarker:
			p.replaced = append(p.replaced, path.Clean(dir))
		case strings.HasSuffix(base, ".go") && !strings.HasSuffix(base, "_test.go"):
			p.names = append(p.names, name)
			p.data[name], err = fs.ReadFile(port, name)
		}
		return err
	})
	return p, err
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
