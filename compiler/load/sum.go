package load

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"mote"
)

// Sum hashes everything that Load makes the program from: names and contents of all source files and embedded files, the machine, the
// build tags and the values of -X. Programs with the same sum are the same.
func (s *Listing) Sum() (string, error) {
	h := sha256.New()
	cfg := s.l.cfg
	fmt.Fprintf(h, "%q %q %q %q\n", cfg.GOOS, cfg.GOARCH, cfg.tags(), s.l.release)
	for _, name := range slices.Sorted(maps.Keys(cfg.Vars)) {
		fmt.Fprintf(h, "-X %q %q\n", name, cfg.Vars[name])
	}
	for _, u := range s.l.units {
		fmt.Fprintf(h, "package %q %q %q\n", u.list.ImportPath, u.list.Name, goVersion(u.list))
		for _, name := range slices.Concat(u.list.GoFiles, u.list.EmbedFiles) {
			shown, source := s.l.sourceOf(u, name)
			if err := sumFile(h, shown, source); err != nil {
				return "", err
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// sourceOf returns the name that a file of u goes by, in messages and in debug information, and that of the file to read. A file
// of the port goes by its place in mote's sources, which does not depend on where the cache is.
func (l *loader) sourceOf(u *unit, name string) (shown, source string) {
	if name == u.list.testMain() {
		return path.Join(u.pkg.Path, "_testmain.go"), name
	}
	name = u.list.file(name)
	source = l.overlay.source(name)
	if source == name {
		return name, name
	}
	if forFirmware(u.pkg.Path) {
		return path.Join(strings.TrimPrefix(u.pkg.Path, mote.Module+"/"), filepath.Base(name)), source
	}
	return path.Join("lib", u.pkg.Path, filepath.Base(name)), source
}

func sumFile(h hash.Hash, shown, source string) error {
	f, err := os.Open(source)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "file %q %d\n", shown, info.Size())
	_, err = io.Copy(h, f)
	return err
}
